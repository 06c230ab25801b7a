/** Giving leave to report after the close, and ending it: the rows and the notices. */
import { campaignDay, instantText } from '../../campaign/calendar.ts';
import { insert, type Outgoing, update, type Write } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { LateLeaveView, LateTarget } from '../../engine/late-reads.ts';
import { noticesTo } from '../../engine/notices.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView, Recipient, TurnContext } from '../../engine/turn-context.ts';
import { type LateWhom, lateNotice } from '../../messages/late.ts';

interface Changed {
  readonly writes: readonly Write[];
  readonly sends: readonly Outgoing[];
}

export interface Concerned {
  readonly target: LateTarget;
  readonly whom: LateWhom;
}

/** Those told of a leave: the person, or who files for the unit. */
async function concerned(
  { unitId, personId }: LateTarget,
  on: string,
  { reads }: HandlerDeps,
): Promise<readonly Recipient[]> {
  if (unitId !== null) return reads.filersOf(unitId, on);
  return personId === null ? [] : reads.recipients([personId]);
}

async function notices(
  { target, whom }: Concerned,
  validTo: string | null,
  actor: PersonView,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<Outgoing[]> {
  const people = await concerned(target, campaignDay(turn.now, deps.campaign.zone), deps);
  return noticesTo(
    people.filter(({ personId }) => personId !== actor.id),
    (language) => lateNotice(deps.texts[language], whom, validTo, deps.campaign),
  );
}

const audited = (
  action: 'late.allowed' | 'late.ended',
  { target }: Concerned,
  validTo: string,
  actor: PersonView,
  at: string,
): Write => {
  const subject = target.unitId === null ? `person:${target.personId}` : `unit:${target.unitId}`;
  return recorded(actor, at, action, subject, { validTo });
};

/** @param before the row of this unit or person, which is used again */
export async function giveLeave(
  to: Concerned,
  before: LateLeaveView | null,
  validTo: string,
  actor: PersonView,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<Changed> {
  const at = instantText(turn.now);
  const given = { validTo, givenBy: actor.id, givenAt: at };
  return {
    writes: [
      before
        ? update('lateLeave', { id: before.id, validTo: before.validTo }, given)
        : insert('lateLeave', { campaign: deps.campaign.code, ...to.target, ...given }),
      audited('late.allowed', to, validTo, actor, at),
    ],
    sends: await notices(to, validTo, actor, turn, deps),
  };
}

/** Ends a leave from today on. */
export async function endLeave(
  leave: LateLeaveView,
  of: Concerned,
  actor: PersonView,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<Changed> {
  const today = campaignDay(turn.now, deps.campaign.zone);
  return {
    writes: [
      update('lateLeave', { id: leave.id, validTo: leave.validTo }, { validTo: today }),
      audited('late.ended', of, today, actor, instantText(turn.now)),
    ],
    sends: await notices(of, null, actor, turn, deps),
  };
}
