import { SlackError } from '../errors.ts';
import { viewJson } from '../json.ts';
import { json, object, read, text } from '../params.ts';
import { checkView } from '../views.ts';
import type { Json, Modal } from '../world.ts';
import type { Backstage, Method } from './backstage.ts';
import { checkPictures } from './content.ts';

/** docs.slack.dev/surfaces/modals: views of one stack. */
const STACK = 3;
const view = json(object);

function check(given: Json, surface: 'modal' | 'home', stage: Backstage): void {
  checkView(given, surface);
  checkPictures(Array.isArray(given.blocks) ? given.blocks : [], stage, 'invalid_arguments');
}

const views: Readonly<Record<'open' | 'push' | 'update' | 'publish', Method>> = {
  open: {
    run(params, stage) {
      const p = read({ trigger_id: text, view }, params);
      check(p.view, 'modal', stage);
      const user = stage.world.takeTrigger(p.trigger_id);
      return { view: viewJson(stage.world, stage.world.openModal(user, p.view)) };
    },
  },

  push: {
    run(params, stage) {
      const p = read({ trigger_id: text, view }, params);
      check(p.view, 'modal', stage);
      const user = stage.world.takeTrigger(p.trigger_id);
      const stack = stage.world.openModals(user);
      const top = stack.at(-1);
      if (!top) throw new SlackError('not_found');
      if (stack.length >= STACK) throw new SlackError('push_limit_reached');
      return { view: viewJson(stage.world, stage.world.openModal(user, p.view, top)) };
    },
  },

  update: {
    run(params, stage) {
      const p = read(
        {
          view_id: text.optional(),
          external_id: text.optional(),
          view,
          hash: text.optional(),
        },
        params,
      );
      check(p.view, 'modal', stage);
      const open = (m: Modal): boolean =>
        !m.closed &&
        (p.view_id === undefined
          ? p.external_id !== undefined && m.view.external_id === p.external_id
          : m.id === p.view_id);
      const modal = stage.world.modals.find(open);
      if (!modal) throw new SlackError('not_found');
      if (p.hash !== undefined && p.hash !== modal.hash) throw new SlackError('hash_conflict');
      stage.world.replaceModal(modal, p.view);
      return { view: viewJson(stage.world, modal) };
    },
  },

  publish: {
    run(params, stage) {
      const { world } = stage;
      const p = read({ user_id: text, view, hash: text.optional() }, params);
      check(p.view, 'home', stage);
      const user = world.users.get(p.user_id);
      if (!user || user.bot || user.deleted) throw new SlackError('user_not_found');
      const now = world.homes.get(user.id);
      if (p.hash !== undefined && now && p.hash !== now.hash) throw new SlackError('hash_conflict');
      return { view: viewJson(world, world.publishHome(user.id, p.view)) };
    },
  },
};

export const VIEWS: Readonly<Record<string, Method>> = {
  'views.open': views.open,
  'views.push': views.push,
  'views.update': views.update,
  'views.publish': views.publish,
};
