/** `/dangky`: a unit's pledge with its progress; for the office and the council, which units have registered. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { PersonView, UnitView } from '../../engine/turn-context.ts';
import { showDate } from '../../messages/dates.ts';
import { plainMessage } from '../../messages/flow.ts';
import { choosePledge, pledgeMessage, pledgesMessage } from '../../messages/pledge.ts';
import { may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { findUnits, UNITS_SHOWN } from '../find-units.ts';
import { openFlow } from '../form.ts';
import { answerWith, type FlowTurn, outdated, speaker, toast } from '../run.ts';
import { answersOf, pledgeFlow, pledgeSubject } from './flow.ts';

const today = ({ context, deps }: FlowTurn): string => campaignDay(context.now, deps.campaign.zone);

/** Whoever reads the digest of the whole campaign sees how many units have registered. */
const seesAll = (person: PersonView | null): boolean =>
  may(person, 'digest.read', { of: 'campaign' });

/** The unit a person belongs to, and those they file for. */
const ownUnitIds = ({ membership, grants }: PersonView): number[] => [
  ...new Set([
    ...grants.flatMap(({ unitId }) => unitId ?? []),
    ...(membership ? [membership.unit.id] : []),
  ]),
];

const says = (turn: FlowTurn, text: string): Decision =>
  turn.event.kind === 'press' ? toast(text) : answerWith(turn, plainMessage([text]));

async function show(turn: FlowTurn, unit: UnitView): Promise<Decision> {
  const { context, deps } = turn;
  const { campaign, reads } = deps;
  const say = speaker(turn);
  const unitId = unit.id;
  if (!may(context.person, 'pledge.read', { unitId })) return says(turn, say('not-authorised'));
  const [pledge, verified] = await Promise.all([
    reads.pledge(campaign.code, unitId),
    reads.verifiedByItem(campaign.code, unitId),
  ]);
  const writes = may(context.person, 'pledge.write', { unitId });
  const all = seesAll(context.person);
  const view = { unit, pledge, verified, today: today(turn), writes, all };
  return answerWith(turn, pledgeMessage(say, view, campaign));
}

async function overview(turn: FlowTurn, person: PersonView): Promise<Decision> {
  const { deps } = turn;
  const { campaign, reads } = deps;
  const on = today(turn);
  const [units, own] = await Promise.all([
    reads.unitsPledging(campaign.code, on),
    reads.units(ownUnitIds(person)),
  ]);
  return answerWith(turn, pledgesMessage(speaker(turn), units, own, on, campaign));
}

/** Of several units the one is asked for. */
async function oneOf(turn: FlowTurn, units: readonly UnitView[], none: string): Promise<Decision> {
  const [only, ...others] = units;
  if (!only) return says(turn, speaker(turn)(none));
  return others.length === 0
    ? show(turn, only)
    : answerWith(turn, choosePledge(speaker(turn), units));
}

const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const { person } = context;
  if (!person) return outdated(turn);
  const words = event.args.trim();
  if (words !== '') {
    const found = await findUnits(words, today(turn), deps);
    return oneOf(turn, found.slice(0, UNITS_SHOWN), 'pledge-unit-unknown');
  }
  if (seesAll(person)) return overview(turn, person);
  return oneOf(turn, await deps.reads.units(ownUnitIds(person)), 'pledge-no-unit');
};

/** `pl:all`, `pl:v:<unit>`, `pl:w:<unit>`. */
const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  const { person } = context;
  const match = /^pl:(?:all|([vw]):(\d{1,9}))$/.exec(event.action);
  if (!match || !person || event.audience === 'group') return outdated(turn);
  const [, verb, id] = match;
  if (verb === undefined)
    return seesAll(person) ? overview(turn, person) : toast(say('not-authorised'));
  const [unit] = await deps.reads.units([Number(id)]);
  if (!unit) return outdated(turn);
  return verb === 'v' ? show(turn, unit) : write(turn, unit);
};

async function write(turn: FlowTurn, unit: UnitView): Promise<Decision> {
  const { context, deps } = turn;
  const { campaign, reads } = deps;
  const say = speaker(turn);
  if (!may(context.person, 'pledge.write', { unitId: unit.id }))
    return toast(say('not-authorised'));
  if (today(turn) > campaign.pledgesUntil)
    return says(turn, say('pledge-over', { date: showDate(campaign.pledgesUntil, say.language) }));
  const pledge = await reads.pledge(campaign.code, unit.id);
  return openFlow(pledgeFlow, {
    ...turn,
    subject: pledgeSubject(unit.id, pledge),
    prefill: answersOf(pledge),
  });
}

export const pledgeFeature: Feature = {
  commands: { dangky: command, pledge: command },
  presses: { pl: pressed },
  flows: [pledgeFlow],
};
