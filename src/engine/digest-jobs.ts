/**
 * The weekly digests: the council's to its group, or where there is none to each of its members, and to
 * the office; each overseer's within their scope; the mobilisers' counts.
 */
import { addWeeks, campaignDay, weekOf } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { type Address, laneKey } from '../chat/index.ts';
import { fixedPeriod, prepareDigest } from '../digests/prepare.ts';
import { isCampaignWeek, weekSpans } from '../digests/spans.ts';
import { digestMessage } from '../messages/digest.ts';
import { DEFAULT_LANGUAGE, type Language } from '../messages/language.ts';
import type { Say } from '../messages/say.ts';
import type { DigestScope } from '../people/may.ts';
import type { Outgoing } from './decision.ts';
import { DIGEST_TASK, digestTask } from './digest-files.ts';
import type { DigestStore } from './digest-store.ts';
import type { Job } from './schedule.ts';
import type { Recipient } from './turn-context.ts';

/** A copy of a digest. */
interface Copy {
  readonly address: Address;
  /** Null: a group. */
  readonly personId: number | null;
  readonly language: Language;
  readonly opening: 'council' | 'reader';
}

/** Who gets which digest on a day. */
type Readers = (store: DigestStore, day: string) => Promise<readonly DigestCopies[]>;
interface DigestCopies {
  readonly of: DigestScope;
  readonly copies: readonly Copy[];
}

const inPerson = (people: readonly Recipient[], opening: Copy['opening']): Copy[] =>
  people.flatMap(({ personId, address, language }) =>
    address ? [{ address, personId, language, opening }] : [],
  );

/** The office reads it too, each person once. */
const council: Readers = async (store, day) => {
  const rooms = await store.councilRooms();
  const roles = rooms.length > 0 ? (['office'] as const) : (['council', 'office'] as const);
  const people = await store.holders(roles, null, day);
  return [
    {
      of: 'campaign',
      copies: [
        ...rooms.map((address): Copy => {
          return { address, personId: null, language: DEFAULT_LANGUAGE, opening: 'council' };
        }),
        ...inPerson(people, 'council'),
      ],
    },
  ];
};

const overseers: Readers = async (store, day) =>
  Promise.all(
    (['political_schools', 'students'] as const).map(async (of) => ({
      of,
      copies: inPerson(await store.holders(['overseer'], of, day), 'reader'),
    })),
  );

const mobilisers: Readers = async (store, day) => [
  {
    of: 'participation',
    copies: inPerson(await store.holders(['mobiliser'], null, day), 'reader'),
  },
];

const READERS = { council, overseers, mobilisers } satisfies Record<string, Readers>;

/**
 * An occurrence tells of the last week that had ended by then; of weeks outside the campaign nothing
 * is said. Each reader gets a week's digest once, whatever is run again.
 */
export function digestJob(parts: {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
  readonly to: keyof typeof READERS;
}): Job<DigestStore> {
  const { campaign, texts, to } = parts;
  return async (occurrence, store, now) => {
    const thisWeek = weekOf(occurrence, campaign.zone);
    const week = addWeeks(thisWeek, -1);
    if (!isCampaignWeek(week, campaign)) return [];
    const spans = weekSpans(campaign, week, thisWeek);
    const readers = await READERS[to](store, campaignDay(now, campaign.zone));
    const sends: Outgoing[] = [];
    for (const { of, copies } of readers) {
      if (copies.length === 0) continue;
      const { digest } = await prepareDigest(store, campaign, of, spans, now);
      const keyOf = ({ personId, address }: Copy): string =>
        `${campaign.code}:${of}:${week}:${personId ?? laneKey(address)}`;
      for (const copy of copies) {
        const { address, personId, language, opening } = copy;
        sends.push({
          to: address,
          message: digestMessage(texts[language], digest, { opening, following: true }),
          priority: 'notice',
          dedupe: `digest:${keyOf(copy)}`,
          ...(personId === null ? { onUncertain: 'hold' } : { personId }),
        });
      }
      await store.addTask(
        DIGEST_TASK,
        digestTask({
          of,
          period: fixedPeriod(spans),
          to: copies.map((copy) => ({
            address: copy.address,
            personId: copy.personId,
            language: copy.language,
            dedupe: `digest-files:${keyOf(copy)}`,
          })),
        }),
      );
    }
    return sends;
  };
}
