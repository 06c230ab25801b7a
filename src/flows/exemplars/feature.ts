/**
 * `/dienhinh`: exemplars, from the nomination to the press and back. Every press asks anew what the
 * person may do; an exemplar they may not see is answered like one that does not exist.
 */
import { type InboundOf, laneKey } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import {
  EXEMPLARS_SHOWN,
  type ExemplarRights,
  exemplarsMessage,
  withdrawExemplarQuestion,
} from '../../messages/exemplars.ts';
import { plainMessage } from '../../messages/flow.ts';
import { evidenceMessage } from '../../messages/verification.ts';
import { holds, may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, below, type FlowTurn, outdated, reply, speaker, toast } from '../run.ts';
import { type ExemplarVerb, parseExemplar } from './action.ts';
import { agree, decideExemplar, decline, type ExemplarChange, withdrawExemplar } from './change.ts';
import {
  citationSubject,
  nominateFlow,
  nominateSubject,
  nominationProblem,
} from './nominate-flow.ts';
import { refuseFlow } from './refuse-flow.ts';
import { consentersOf, rightsOf, scopeOf } from './rights.ts';
import { copyFor, type ExemplarScene, exemplarSubject } from './tell.ts';

interface ExemplarTurn extends FlowTurn {
  readonly event: InboundOf<'command' | 'press'>;
  readonly person: PersonView;
}

/** Whether nominating is any part of what they do; of which report is asked for each. */
const nominates = (person: PersonView): boolean => holds(person, 'head', 'deputy', 'office');

async function list(turn: ExemplarTurn, offset: number): Promise<Decision> {
  const { person, deps } = turn;
  const { code } = deps.campaign;
  const counted = may(person, 'awards.read', null);
  const scope = scopeOf(person);
  const page = { limit: EXEMPLARS_SHOWN, offset };
  const [found, counts] = await Promise.all([
    deps.reads.exemplars(code, scope, page),
    counted ? deps.reads.exemplarCounts(code) : null,
  ]);
  const onlyCounts = counted && !scope.approved && found.total === 0;
  return answerWith(
    turn,
    exemplarsMessage(speaker(turn), {
      ...found,
      offset,
      counts,
      nominates: nominates(person),
      onlyCounts,
    }),
  );
}

async function nominateReport(turn: ExemplarTurn, id: number): Promise<Decision> {
  const { person, context, deps } = turn;
  const report = await deps.reads.report(id);
  const problem = await nominationProblem(speaker(turn), report, person, context, deps);
  if (problem !== null) return toast(problem);
  return below(await openFlow(nominateFlow, { ...turn, subject: nominateSubject(id) }));
}

interface Seen extends ExemplarScene {
  readonly can: ExemplarRights;
}

/** Null also for one that this person may not see. */
async function seen(turn: ExemplarTurn, id: number): Promise<Seen | null> {
  const { person, context, deps } = turn;
  const exemplar = await deps.reads.exemplar(id);
  if (!exemplar) return null;
  const [report, consenters] = await Promise.all([
    deps.reads.report(exemplar.reportId),
    consentersOf(exemplar, context, deps),
  ]);
  const ids = consenters.map(({ personId }) => personId);
  const can = rightsOf(person, exemplar, ids);
  return report && can.read ? { exemplar, report, consenters, can } : null;
}

function open(turn: ExemplarTurn, scene: Seen): Decision {
  const { person, deps } = turn;
  const message = copyFor(speaker(turn), person, scene, deps);
  if (!message) return toast(speaker(turn)('exemplar-unknown'));
  const send = { ...reply(turn, message), as: 'send' } as const;
  return { writes: [], sends: [{ ...send, subject: exemplarSubject(scene.exemplar.id) }], ack: {} };
}

/** Those who work on it see the evidence; others what its author agreed to. */
function evidence(turn: ExemplarTurn, { exemplar, report, can }: Seen): Decision {
  const say = speaker(turn);
  if (!can.inner && !exemplar.evidence) return toast(say('exemplar-press-no-evidence'));
  if (report.evidence.length === 0) return toast(say('verify-no-evidence'));
  return below(answerWith(turn, evidenceMessage(say, report)));
}

/** The pressed message as it is now; only another copy in this chat needs the update. */
async function committed(
  turn: ExemplarTurn,
  scene: Seen,
  { exemplar, writes, sends }: ExemplarChange,
  said: string | null,
): Promise<Decision> {
  const { event, person, deps } = turn;
  const message = copyFor(speaker(turn), person, { ...scene, exemplar }, deps);
  const posted = await deps.reads.postedAt(exemplarSubject(exemplar.id), event.where);
  const isCopy = event.kind === 'press' && posted?.id === event.message?.id;
  const others = sends.filter(
    ({ to, as }) => as !== 'update' || !isCopy || laneKey(to) !== laneKey(event.where),
  );
  return {
    writes,
    sends: [...(message ? [reply(turn, message)] : []), ...others],
    ack: said === null ? {} : { toast: said },
  };
}

/** What each button needs. Before consent and approval the report has to be verified still. */
const NEEDS: Readonly<Partial<Record<ExemplarVerb, keyof ExemplarRights>>> = {
  agree: 'consent',
  agreeBare: 'consent',
  decline: 'consent',
  approve: 'decide',
  refuse: 'decide',
  edit: 'edit',
  withdraw: 'withdraw',
  withdrawNow: 'withdraw',
};
const OF_VERIFIED: readonly ExemplarVerb[] = ['agree', 'agreeBare', 'approve', 'edit'];

async function act(turn: ExemplarTurn, scene: Seen, verb: ExemplarVerb): Promise<Decision> {
  const { person, context, deps } = turn;
  const say = speaker(turn);
  const { exemplar } = scene;
  const by = { person, context, deps };
  const change = async (done: Promise<ExemplarChange>, said: string | null = null) =>
    committed(turn, scene, await done, said);
  switch (verb) {
    case 'open':
      return open(turn, scene);
    case 'evidence':
      return evidence(turn, scene);
    case 'agree':
    case 'agreeBare': {
      const shown = verb === 'agree' && scene.report.evidence.length > 0;
      return change(agree(scene, shown, by), say('exemplar-agreed'));
    }
    case 'decline':
      return change(decline(scene, by), say('exemplar-declined'));
    case 'approve':
      return change(decideExemplar(scene, 'approved', null, by));
    case 'refuse': {
      const subject = `${exemplar.id}:${exemplar.version}`;
      return below(await openFlow(refuseFlow, { ...turn, subject }));
    }
    case 'edit': {
      const prefill = { citation: { value: exemplar.citation } };
      const options = { ...turn, subject: citationSubject(exemplar), prefill };
      return below(await openFlow(nominateFlow, options));
    }
    case 'withdraw':
      return below(answerWith(turn, withdrawExemplarQuestion(say, exemplar)));
    case 'withdrawNow':
      return change(withdrawExemplar(scene, 'withdrawn', by));
  }
}

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const { person } = context;
  const press = parseExemplar(event.action);
  if (!press || !person || event.audience === 'group') return outdated({ context, deps });
  const turn: ExemplarTurn = { event, context, deps, person };
  const say = speaker(turn);
  if (press.kind === 'list') return list(turn, press.offset);
  if (press.kind === 'new')
    return nominates(person) ? openFlow(nominateFlow, turn) : toast(say('not-authorised'));
  if (press.kind === 'nominate') return nominateReport(turn, press.report);
  const scene = await seen(turn, press.id);
  if (!scene) return toast(say('exemplar-unknown'));
  const need = NEEDS[press.verb];
  if (need === undefined) return act(turn, scene, press.verb);
  if (press.version !== scene.exemplar.version || !scene.can[need]) {
    const now = copyFor(say, person, scene, deps);
    const changed = { toast: say('exemplar-changed') };
    return now
      ? { ...answerWith(turn, now), ack: changed }
      : { writes: [], sends: [], ack: changed };
  }
  if (OF_VERIFIED.includes(press.verb) && scene.report.status !== 'verified')
    return toast(say('exemplar-report-gone'));
  return act(turn, scene, press.verb);
};

/** `/dienhinh`, or at once `/dienhinh 3`. */
const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const { person } = context;
  const say = speaker({ context, deps });
  if (!person) return answerWith({ event, context }, plainMessage([say('not-authorised')]));
  const turn: ExemplarTurn = { event, context, deps, person };
  const number = /^#?(\d{1,9})$/.exec(event.args.trim())?.[1];
  if (number === undefined) return list(turn, 0);
  const scene = await seen(turn, Number(number));
  return scene ? open(turn, scene) : answerWith(turn, plainMessage([say('exemplar-unknown')]));
};

export const exemplarsFeature: Feature = {
  commands: { dienhinh: command, exemplars: command },
  presses: { dh: pressed },
  flows: [nominateFlow, refuseFlow],
};
