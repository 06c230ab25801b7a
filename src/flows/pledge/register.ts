/** A pledge is recorded: the rows, a word to the others who file for the unit, and the first time a post. */
import { campaignDay, instantText } from '../../campaign/calendar.ts';
import { laneKey } from '../../chat/index.ts';
import { insert, type Outgoing, update, type Write } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import { noticesTo } from '../../engine/notices.ts';
import type { PledgeView } from '../../engine/pledge-reads.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView, TurnContext, UnitView } from '../../engine/turn-context.ts';
import { DEFAULT_LANGUAGE } from '../../messages/language.ts';
import { pledgeNotice, pledgePost } from '../../messages/pledge.ts';
import type { Targets } from './targets.ts';

interface Written {
  readonly text: string;
  readonly targets: Targets;
}

/** @param before the pledge that is changed; null: the unit has none yet */
export async function register(
  unit: UnitView,
  written: Written,
  before: PledgeView | null,
  person: PersonView,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<{ readonly writes: readonly Write[]; readonly sends: readonly Outgoing[] }> {
  const { campaign, reads } = deps;
  const at = instantText(turn.now);
  const version = (before?.version ?? 0) + 1;
  const row = { ...written, version, registeredBy: person.id, changedAt: at };
  const key = { campaign: campaign.code, unitId: unit.id };
  const [filers, rooms] = await Promise.all([
    reads.filersOf(unit.id, campaignDay(turn.now, campaign.zone)),
    before ? [] : reads.roomsOf(unit.id),
  ]);
  return {
    writes: [
      before
        ? update('pledge', { ...key, version: before.version }, row)
        : insert('pledge', { ...key, ...row, registeredAt: at }),
      recorded(person, at, before ? 'pledge.changed' : 'pledge.registered', `unit:${unit.id}`, {
        version,
      }),
    ],
    sends: [
      ...noticesTo(
        filers.filter(({ personId }) => personId !== person.id),
        (language) => pledgeNotice(deps.texts[language], person.name, unit, before !== null),
      ),
      ...rooms.map(
        (to): Outgoing => ({
          to,
          message: pledgePost(deps.texts[DEFAULT_LANGUAGE], unit, written, campaign),
          priority: 'notice',
          dedupe: `pledge:${campaign.code}:${unit.id}:${laneKey(to)}`,
        }),
      ),
    ],
  };
}
