/** Digests on request, each within the reader's right, and a unit's overview for those who lead it. */
import {
  addWeeks,
  campaignDay,
  daysSince,
  instantText,
  mondayOf,
  weekOf,
} from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import { fixedPeriod, prepareDigest } from '../../digests/prepare.ts';
import { periodKeys, spansOf } from '../../digests/spans.ts';
import { type Decision, insert } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import { DIGEST_TASK, digestTask } from '../../engine/digest-files.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { digestMessage } from '../../messages/digest.ts';
import {
  choosePeriod,
  chooseScope,
  digestButtons,
  overviewMessage,
  unreportedMessage,
} from '../../messages/digest-choice.ts';
import { plainMessage } from '../../messages/flow.ts';
import { DIGEST_SCOPES, type DigestScope, ledUnits, may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { answerWith, type FlowTurn, outdated, speaker, toast } from '../run.ts';
import { type DigestWish, parseDigestAction } from './action.ts';

/** Names in one list: a unit's head knows the others of a larger one by its parts. */
const NAMES = 60;

export const digestFeature: Feature = {
  commands: { tonghop: onCommand, digest: onCommand },
  presses: { dg: onPress },
};

type DigestTurn = FlowTurn & { readonly event: InboundOf<'command' | 'press'> };

const scopesOf = (person: PersonView): DigestScope[] =>
  DIGEST_SCOPES.filter((of) => may(person, 'digest.read', { of }));

/** What there is to choose from for this person. */
const choices = (person: PersonView) => {
  const scopes = scopesOf(person);
  const units = ledUnits(person);
  return { scopes, units, several: scopes.length + units.length > 1 };
};

const refused = (turn: DigestTurn): Decision => {
  const line = speaker(turn)('not-authorised');
  return turn.event.kind === 'press' ? toast(line) : answerWith(turn, plainMessage([line]));
};

async function onCommand(...[event, context, deps]: Parameters<Handler<InboundOf<'command'>>>) {
  const turn = { event, context, deps };
  const { person } = context;
  if (!person) return refused(turn);
  const { scopes, units, several } = choices(person);
  const [of] = scopes;
  const [unitId] = units;
  if (several) return show({ kind: 'scopes' }, person, turn);
  if (of) return show({ kind: 'periods', of }, person, turn);
  return unitId === undefined ? refused(turn) : show({ kind: 'unit', unitId }, person, turn);
}

async function onPress(...[event, context, deps]: Parameters<Handler<InboundOf<'press'>>>) {
  const turn = { event, context, deps };
  const wish = parseDigestAction(event.action);
  // Whoever copies a button into a group gets nothing of it there.
  if (!wish || !context.person || event.audience === 'group') return outdated(turn);
  return show(wish, context.person, turn);
}

async function show(wish: DigestWish, person: PersonView, turn: DigestTurn): Promise<Decision> {
  switch (wish.kind) {
    case 'scopes': {
      const { scopes, units } = choices(person);
      if (scopes.length + units.length === 0) return refused(turn);
      const views = units.length === 0 ? [] : await turn.deps.reads.units(units);
      return answerWith(turn, chooseScope(speaker(turn), scopes, views));
    }
    case 'periods':
      return may(person, 'digest.read', { of: wish.of })
        ? periods(wish.of, person, turn)
        : refused(turn);
    case 'digest':
      return may(person, 'digest.read', { of: wish.of })
        ? digest(wish, person, turn)
        : refused(turn);
    case 'unit':
    case 'names':
      return may(person, 'unit.overview', { unitId: wish.unitId })
        ? unitPage(wish, person, turn)
        : refused(turn);
  }
}

function periods(of: DigestScope, person: PersonView, turn: DigestTurn): Decision {
  const { context, deps } = turn;
  const { campaign } = deps;
  const now = weekOf(context.now, campaign.zone);
  return answerWith(
    turn,
    choosePeriod(
      speaker(turn),
      of,
      periodKeys(campaign, now),
      { now, last: addWeeks(now, -1) },
      campaign,
      choices(person).several,
    ),
  );
}

/** The text at once; the picture and the workbook after it. */
async function digest(
  { of, period }: Extract<DigestWish, { kind: 'digest' }>,
  person: PersonView,
  turn: DigestTurn,
): Promise<Decision> {
  const { event, context, deps } = turn;
  const { campaign, reads } = deps;
  const spans = spansOf(campaign, period, weekOf(context.now, campaign.zone));
  if (!spans) return outdated(turn);
  const say = speaker(turn);
  const { digest: found } = await prepareDigest(reads, campaign, of, spans, context.now);
  const buttons = digestButtons(say, of, choices(person).several);
  // Two taps within a minute are one wish.
  const minute = instantText(context.now).slice(0, 'YYYY-MM-DDTHH:MM'.length);
  return {
    ...answerWith(turn, digestMessage(say, found, { following: true, buttons })),
    writes: [
      insert('task', {
        kind: DIGEST_TASK,
        payload: digestTask({
          of,
          period: fixedPeriod(spans),
          to: [
            {
              address: event.where,
              personId: person.id,
              language: say.language,
              dedupe: `digest-asked:${person.id}:${of}:${period}:${minute}`,
            },
          ],
        }),
        askedBy: person.id,
      }),
    ],
  };
}

async function unitPage(
  wish: Extract<DigestWish, { kind: 'unit' | 'names' }>,
  person: PersonView,
  turn: DigestTurn,
): Promise<Decision> {
  const { context, deps } = turn;
  const { campaign, reads } = deps;
  const say = speaker(turn);
  const day = campaignDay(context.now, campaign.zone);
  const week = mondayOf(day);
  const [unit] = await reads.units([wish.unitId]);
  if (!unit) return outdated(turn);
  if (wish.kind === 'names') {
    const of = { campaign: campaign.code, week: wish.span === 'week' ? week : null, day };
    const found = await reads.unreportedIn(unit.id, of, NAMES);
    return answerWith(turn, unreportedMessage(say, unit, wish.span, found));
  }
  const overview = await reads.unitOverview(unit.id, { campaign: campaign.code, week, day });
  const age = overview.oldest === null ? 0 : daysSince(overview.oldest, day, campaign.zone);
  return answerWith(
    turn,
    overviewMessage(say, unit, overview, age, campaign, choices(person).several),
  );
}
