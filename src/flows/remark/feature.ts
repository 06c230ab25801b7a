/**
 * `/nhanxet`: a head's or deputy's remarks on conduct; for everybody else those about themselves.
 * Buttons: `rmk:list:<offset>`, `rmk:mine:<offset>`, `rmk:whom`, `rmk:person:<id>`, `rmk:unit:<id>`,
 * `rmk:gone:<remark>` (asks), `rmk:yes:<remark>` (withdraws).
 */
import { campaignDay, instantText } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import { type Decision, update } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { RemarkView } from '../../engine/filing-reads.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import {
  ownRemarks,
  REMARKS_SHOWN,
  remarksMenu,
  remarkWithdrawn,
  withdrawRemark,
} from '../../messages/remark.ts';
import { unitName } from '../../messages/report.ts';
import { ledUnits, may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, type FlowTurn, outdated, speaker, startFlow, toast } from '../run.ts';
import { namedBeforehand, whomFlow } from '../whom.ts';
import { aboutPerson, aboutUnit, readAbout } from './about.ts';
import { remarkFlow } from './flow.ts';
import { tellRemark } from './tell.ts';

const remarkWhom = whomFlow({
  id: 'remark-whom',
  texts: 'remark',
  units: ledUnits,
  offer: ({ id, name, unit }, person, say) =>
    id === person.id
      ? say('remark-self')
      : {
          label: say('whom-hit', { name, unit: unitName(say, unit) }),
          action: `rmk:person:${id}`,
        },
});

interface PersonTurn extends FlowTurn {
  readonly person: PersonView;
}

async function mine(turn: PersonTurn, offset: number): Promise<Decision> {
  const { person, deps } = turn;
  const page = { limit: REMARKS_SHOWN, offset };
  const found = await deps.reads.remarksOf({ personId: person.id }, deps.campaign.code, page);
  return answerWith(turn, ownRemarks(speaker(turn), { ...found, offset }, deps.campaign));
}

async function written(turn: PersonTurn, offset: number): Promise<Decision> {
  const { person, deps } = turn;
  const unitIds = ledUnits(person);
  if (unitIds.length === 0) return mine(turn, 0);
  const page = { limit: REMARKS_SHOWN, offset };
  const [found, units] = await Promise.all([
    deps.reads.remarksOf({ unitIds }, deps.campaign.code, page),
    deps.reads.units(unitIds),
  ]);
  return answerWith(turn, remarksMenu(speaker(turn), { ...found, offset }, units, deps.campaign));
}

const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const { person } = context;
  if (event.audience === 'group') return startFlow(remarkWhom, turn);
  if (!person) return toast(speaker(turn)('not-authorised'));
  const named = namedBeforehand(event.args);
  return named.prefill && ledUnits(person).length > 0
    ? startFlow(remarkWhom, { ...turn, ...named })
    : written({ ...turn, person }, 0);
};

const ACTION =
  /^rmk:(?:(?<page>list|mine):(?<offset>\d{1,6})|(?<whom>whom)|(?<verb>person|unit|gone|yes):(?<id>\d{1,9}))$/;

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const parts = ACTION.exec(event.action)?.groups;
  const { person } = context;
  if (!parts || !person || event.audience === 'group') return outdated({ context, deps });
  const turn = { event, context, deps, person };
  const offset = Number(parts.offset);
  if (parts.page !== undefined)
    return parts.page === 'mine' ? mine(turn, offset) : written(turn, offset);
  if (parts.whom !== undefined)
    return ledUnits(person).length > 0
      ? startFlow(remarkWhom, turn)
      : toast(speaker(turn)('remark-not-yours'));
  const id = Number(parts.id);
  if (parts.verb === 'person') return write(turn, aboutPerson(id));
  if (parts.verb === 'unit') return write(turn, aboutUnit(id));
  return withdraw(turn, id, parts.verb === 'yes');
};

async function write(turn: PersonTurn, subject: string): Promise<Decision> {
  const about = await readAbout(subject, turn.context, turn.deps);
  return about
    ? openFlow(remarkFlow, { ...turn, subject })
    : toast(speaker(turn)('remark-not-yours'));
}

/** Asks first; then does it, once. */
async function withdraw(turn: PersonTurn, id: number, sure: boolean): Promise<Decision> {
  const { person, context, deps } = turn;
  const say = speaker(turn);
  const remark = await deps.reads.remark(id);
  // Somebody else's remark is answered like one that does not exist.
  if (!remark || !mayWithdraw(person, remark)) return toast(say('remark-unknown'));
  if (remark.withdrawnAt !== null) return toast(say('remark-gone'));
  if (!sure) return answerWith(turn, withdrawRemark(say, remark));
  const at = instantText(context.now);
  const on = campaignDay(context.now, deps.campaign.zone);
  const answer = answerWith(turn, remarkWithdrawn(say, remark));
  return {
    writes: [
      update('remark', { id, withdrawnAt: null }, { withdrawnAt: at }),
      recorded(person, at, 'remark.withdrawn', `remark:${id}`),
    ],
    sends: [...answer.sends, ...(await tellRemark('withdrawn', remark, person.id, on, deps))],
    ack: {},
  };
}

const mayWithdraw = (person: PersonView, { unit, person: about }: RemarkView): boolean =>
  may(person, 'remark.write', { unitId: unit.id, personId: about?.id ?? null });

export const remarkFeature: Feature = {
  commands: { nhanxet: command, remark: command },
  presses: { rmk: pressed },
  flows: [remarkWhom, remarkFlow],
};
