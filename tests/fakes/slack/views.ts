/**
 * What Slack refuses in a view (docs.slack.dev/reference/views: modal views, home tab views). A view
 * that has only to be looked at needs no `submit`; one with inputs does.
 */
import { blockComplaints } from './blocks.ts';
import { complaints, flag, isJson, jsons, object, string, typed } from './checks.ts';
import { ID, plainText } from './elements.ts';
import { because, SlackError } from './errors.ts';
import type { Json } from './world.ts';

/** Bytes of a view's JSON (views.open, `view_too_large`). */
const VIEW_BYTES = 250_000;

const anything = (): void => undefined;

const COMMON = {
  private_metadata: string({ min: 0, max: 3000, blank: true }),
  callback_id: string({ min: 0, max: 255, blank: true }),
  external_id: ID,
};

const MODAL = object(
  { title: plainText(24), blocks: anything },
  {
    ...COMMON,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
  },
  ({ blocks, submit }) =>
    submit === undefined && jsons(blocks).some((block) => block.type === 'input')
      ? 'missing required field: submit'
      : null,
);

const HOME = object({ blocks: anything }, COMMON);

/** Everything wrong with a view for this surface, each with its place; empty when Slack takes it. */
export function viewComplaints(view: unknown, surface: 'modal' | 'home', at = '/view'): string[] {
  const kinds = surface === 'modal' ? { modal: MODAL } : { home: HOME };
  const blocks = isJson(view) ? view.blocks : undefined;
  return [
    ...complaints(typed(kinds), view, at),
    ...(blocks === undefined ? [] : blockComplaints(blocks, surface, `${at}/blocks`)),
  ];
}

/**
 * A view given to views.open, views.update, views.push or views.publish.
 * @throws SlackError `invalid_arguments` with the reasons, or `view_too_large`.
 */
export function checkView(view: unknown, surface: 'modal' | 'home'): asserts view is Json {
  const reasons = viewComplaints(view, surface);
  if (reasons.length > 0) throw because('invalid_arguments', reasons);
  if (Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES) throw new SlackError('view_too_large');
}
