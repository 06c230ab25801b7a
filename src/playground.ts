/**
 * The sample organisation behind the playground: invented people in real units, most of them enrolled
 * already, each unit with a group of its own, and a clock that begins inside the campaign.
 */
import { Temporal } from 'temporal-polyfill';
import {
  createPlayground,
  type Playground,
  type PlaygroundRole,
} from '../adapters/playground/index.ts';
import { readRosterFile } from './admin/roster-file.ts';
import { campaignDay } from './campaign/calendar.ts';
import type { Campaign } from './campaign/types.ts';
import { type Clock, ClockRefusal, createMovableClock, zonedClock } from './clock.ts';
import type { Database } from './db/database.ts';
import { createInvites } from './db/invites.ts';
import { validOn } from './db/reads/sql.ts';
import { importRoster } from './db/roster.ts';
import type { Role } from './db/schema.ts';
import { CONSENT_VERSION } from './flows/enrol/feature.ts';
import { allCommands } from './messages/commands.ts';
import type { Language } from './messages/language.ts';
import type { Say } from './messages/say.ts';
import { SAMPLE_ROSTER } from './people/sample-roster.ts';

const OFFSET_KEY = 'playground.clock-offset-ms';

/** Sample people of a unit from which on it has a group, and somebody who has not enrolled. */
const FEW = 4;

/**
 * Working hours of a Wednesday inside the campaign: of the week before its tradition day, or of the
 * week after its first day.
 */
function playgroundStart(campaign: Campaign): Temporal.Instant {
  const { period, traditionDay, zone } = campaign;
  const near = Temporal.PlainDate.from(traditionDay ?? period.from).add({
    weeks: traditionDay ? -1 : 1,
  });
  const wednesday = near.add({ days: 3 - near.dayOfWeek });
  return wednesday.toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant();
}

/** A clock that starts inside the campaign, can be put forward, and is remembered over a restart. */
export const createPlaygroundClock = (database: Database, campaign: Campaign) =>
  createMovableClock({
    start: playgroundStart(campaign),
    offset: {
      async load() {
        const [row] = await database.query<{ value: number }>(
          'select value from setting where key = $1::text',
          [OFFSET_KEY],
        );
        return row?.value ?? null;
      },
      async save(offsetMs) {
        await database.query(
          `insert into setting (key, value) values ($1::text, $2::jsonb)
           on conflict (key) do update set value = excluded.value`,
          [OFFSET_KEY, JSON.stringify(offsetMs)],
        );
      },
    },
  });

/** True while the roster is empty: only then may invented people be put into it. */
export async function hasNobody(database: Database): Promise<boolean> {
  const [row] = await database.query<{ some: boolean }>(
    'select exists (select from person) as some',
  );
  return row?.some !== true;
}

/**
 * Imports the sample people and enrols all but the last of each larger unit, so that enrolling can be
 * tried too; links a group to each of these.
 */
export async function seedPlayground(
  database: Database,
  say: Say,
  at: { readonly on: string; readonly now: string },
): Promise<void> {
  const outcome = await importRoster(database, await readRosterFile(SAMPLE_ROSTER, say), at);
  if (!outcome.ok)
    throw new Error(`The sample roster has errors: ${JSON.stringify(outcome.problems)}`);
  await database.query(
    `insert into identity (platform, tenant, "user", display_name, person_id, consented_at,
       consent_version, direct_chat, seen_at)
     select 'playground', 'local', 'p' || p.id, p.name, p.id, $1::timestamptz, $2::text,
       'p' || p.id, $1::timestamptz
     from person p join membership m on m.person_id = p.id and m.valid_to is null
     where p.code is distinct from (select max(q.code) from person q
       join membership n on n.person_id = q.id and n.valid_to is null
       where n.unit_id = m.unit_id having count(*) >= $3::int)
     on conflict do nothing`,
    [at.now, CONSENT_VERSION, FEW],
  );
  await database.query(
    `insert into chat_room (platform, tenant, chat, title, unit_id, linked_at)
     select 'playground', 'local', 'unit-' || u.code, u.name_vi, u.id, $1::timestamptz
     from unit u join membership m on m.unit_id = u.id
     group by u.id having count(*) >= $2::int
     on conflict do nothing`,
    [at.now, FEW],
  );
}

/** Sample people who have not enrolled, with the code that lets them. */
export async function playgroundInvites(
  database: Database,
  at: { readonly on: string; readonly now: string },
): Promise<{ name: string; code: string }[]> {
  const open = await database.query<{ code: string }>(
    `select p.code from person p join membership m on m.person_id = p.id and m.valid_to is null
     where not exists (select from identity i where i.person_id = p.id) order by p.code`,
  );
  if (open.length === 0) return [];
  const invites = await createInvites(
    database,
    { personCodes: open.map(({ code }) => code) },
    { ...at, until: null },
  );
  return invites.flatMap(({ person, code }) => (person ? [{ name: person.name, code }] : []));
}

/** Of several roles the one a person is known by on the page. */
const SHOWN_FIRST = [
  'office',
  'council',
  'leadership',
  'overseer',
  'mobiliser',
  'press',
  'finance',
  'head',
  'deputy',
  'reporter',
] as const satisfies readonly Role[];

const people = (database: Database, on: string) =>
  database.query<{
    id: number;
    name: string;
    unit: string | null;
    role: PlaygroundRole;
    phone: string | null;
  }>(
    `select p.id, p.name, u.name_vi as unit, p.phone,
       coalesce(
         (select g.role || coalesce('_' || g.scope, '') from "grant" g
          where g.person_id = p.id and ${validOn('g', '$1::date')}
          order by array_position(string_to_array($2::text, ','), g.role) limit 1),
         m.audience, 'staff') as role
     from person p
     join identity i on i.person_id = p.id and i.platform = 'playground' and i."user" = 'p' || p.id
     left join membership m on m.person_id = p.id and ${validOn('m', '$1::date')}
     left join unit u on u.id = m.unit_id
     order by u.id, p.code`,
    [on, SHOWN_FIRST.join(',')],
  );

/** The third platform, fed from the database. */
export function composePlayground(parts: {
  readonly database: Database;
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
  /** Movable while no real platform runs beside; else the real one, which nobody moves. */
  readonly clock: Clock & { moveTo?(to: Temporal.Instant): Promise<void> };
  readonly pageUrl: string;
  /** Where chats and uploads are kept over a restart. */
  readonly folder: string;
  /** Called after the clock was moved. */
  moved(): Promise<void>;
}): Playground {
  const { database, campaign, texts, clock } = parts;
  const shown = zonedClock(
    {
      now: () => clock.now(),
      async moveTo(to) {
        if (!clock.moveTo)
          throw new ClockRefusal('The clock is the real one while a real platform is connected.');
        await clock.moveTo(to);
        await parts.moved();
      },
    },
    campaign.zone,
  );
  const moveTo = clock.moveTo ? shown.moveTo : null;
  return createPlayground({
    people: () => people(database, campaignDay(clock.now(), campaign.zone)),
    rooms: () =>
      database.query(
        `select chat, title from chat_room
         where platform = 'playground' and left_at is null order by title`,
      ),
    clock: { now: shown.now, moveTo },
    commands: { vi: allCommands(texts.vi), en: allCommands(texts.en) },
    title: campaign.name,
    pageUrl: parts.pageUrl,
    folder: parts.folder,
  });
}
