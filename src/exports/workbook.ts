/** A digest's workbook: what its picture and text sum up, row by row, to be sorted and filtered. */
import type { Digest, DigestSheets, DigestUnit, SheetPerson } from '../digests/types.ts';
import { showDate, showDateTime, showWeek } from '../messages/dates.ts';
import { groupName } from '../messages/leaderboard.ts';
import { unitName } from '../messages/report.ts';
import type { Say } from '../messages/say.ts';
import { hasPlace } from '../standings/board.ts';
import { reportColumns } from './report-rows.ts';
import { type Column, columnOf, notes, type SheetPlan, table } from './sheet.ts';
import { writeFile } from './write.ts';

/**
 * The workbook of a digest, in the language of `say`. Holds what the digest and its sheets hold and
 * nothing else: whoever may read these may read it.
 */
export const digestWorkbook = (
  digest: Digest,
  sheets: DigestSheets,
  say: Say,
): Promise<Uint8Array> =>
  writeFile({
    kind: 'workbook',
    plan:
      digest.of === 'participation'
        ? [participationSheet(digest, say), notesSheet(digest, say)]
        : [
            unitsSheet(digest, say),
            ...(digest.cohorts.length > 0 ? [cohortsSheet(digest, say)] : []),
            table(say('xl-sheet-people'), peopleColumns(say), sheets.people, 2),
            table(say('xl-sheet-reports'), reportColumns(say), sheets.reports, 1),
            backlogSheet(digest, say),
            notesSheet(digest, say),
          ],
  });

/** A part of the whole; null where there is no whole. */
export const shareOf = (part: number, whole: number): number | null =>
  whole > 0 ? part / whole : null;

function unitsSheet(digest: Digest, say: Say): SheetPlan {
  const column = columnOf<DigestUnit>(say);
  const group = (row: DigestUnit): string => groupName(say, row.unit, digest.by);
  const rows = digest.groups.flatMap(({ units }) => units);
  return table(
    say('xl-sheet-units'),
    [
      column('unit', 'text', 44, ({ unit }) => unitName(say, unit)),
      column('code', 'text', 22, ({ unit }) => unit.code),
      column('group', 'text', 48, group),
      column('place', 'count', 10, ({ standing }) => (hasPlace(standing) ? standing.rank : null)),
      column('of-units', 'count', 12, ({ standing }) => standing.groupSize),
      column('moved', 'count', 14, ({ moved }) => moved),
      column('score', 'figure', 14, ({ standing }) => standing.score * 100),
      column('personal-points', 'figure', 12, ({ standing }) => standing.points),
      column('collective-points', 'figure', 12, ({ standing }) => standing.collective),
      column('headcount', 'count', 10, ({ unit }) => unit.headcount),
      column('participants', 'count', 14, ({ standing }) => standing.participants),
      column('participation', 'share', 12, ({ standing, unit }) =>
        shareOf(standing.participants, unit.headcount),
      ),
      column('participants-before', 'count', 14, ({ participantsBefore }) => participantsBefore),
      column('breadth', 'count', 12, ({ standing }) => standing.breadth),
      column('submitted', 'count', 12, ({ submitted }) => submitted),
      column('verified', 'count', 12, ({ standing }) => standing.verified),
      column('returned', 'count', 12, ({ returned }) => returned),
      column('waiting', 'count', 12, ({ waiting }) => waiting),
    ],
    rows,
    1,
  );
}

function participationSheet(digest: Digest, say: Say): SheetPlan {
  const column = columnOf<Digest['participation'][number]>(say);
  return table(
    say('xl-sheet-units'),
    [
      column('unit', 'text', 44, ({ unit }) => unitName(say, unit)),
      column('code', 'text', 22, ({ unit }) => unit.code),
      column('headcount', 'count', 10, ({ unit }) => unit.headcount),
      column('participants', 'count', 14, ({ participants }) => participants),
      column('participation', 'share', 12, ({ participants, unit }) =>
        shareOf(participants, unit.headcount),
      ),
      column('participants-before', 'count', 14, ({ before }) => before),
    ],
    digest.participation,
    1,
  );
}

function cohortsSheet(digest: Digest, say: Say): SheetPlan {
  const column = columnOf<Digest['cohorts'][number]>(say);
  return table(
    say('xl-sheet-cohorts'),
    [
      column('unit', 'text', 44, ({ unit }) => unitName(say, unit)),
      column('cohort', 'text', 24, ({ cohort }) => cohort),
      column('headcount', 'count', 10, ({ headcount }) => headcount),
      column('participants', 'count', 14, ({ participants }) => participants),
      column('participation', 'share', 12, ({ participants, headcount }) =>
        shareOf(participants, headcount),
      ),
      column('verified', 'count', 12, ({ verified }) => verified),
    ],
    digest.cohorts,
    1,
  );
}

function peopleColumns(say: Say): Column<SheetPerson>[] {
  const column = columnOf<SheetPerson>(say);
  return [
    column('unit', 'text', 44, ({ unit }) => unitName(say, unit)),
    column('name', 'text', 28, ({ name }) => name),
    column('audience', 'text', 14, ({ audience }) => say(`xl-audience-${audience}`)),
    column('cohort', 'text', 20, ({ cohort }) => cohort),
    column('verified', 'count', 12, ({ verified }) => verified),
    column('points', 'figure', 12, ({ points }) => points),
  ];
}

/** Whose reports wait longest, first. */
function backlogSheet(digest: Digest, say: Say): SheetPlan {
  const column = columnOf<DigestUnit>(say);
  return table(
    say('xl-sheet-backlog'),
    [
      column('unit', 'text', 44, ({ unit }) => unitName(say, unit)),
      column('code', 'text', 22, ({ unit }) => unit.code),
      column('waiting', 'count', 12, ({ waiting }) => waiting),
      column('oldest', 'count', 16, ({ oldestDays }) => oldestDays),
    ],
    digest.units
      .filter(({ waiting }) => waiting > 0)
      .sort((a, b) => (b.oldestDays ?? 0) - (a.oldestDays ?? 0) || b.waiting - a.waiting),
    1,
  );
}

function notesSheet({ period, campaign, asOf, of, smallUnit }: Digest, say: Say): SheetPlan {
  const { language } = say;
  const span =
    period.kind === 'week'
      ? say('xl-note-week', { number: period.number, span: showWeek(period.week, language) })
      : say('xl-note-stage', {
          name: period.name[language],
          from: showDate(period.from, language),
          to: showDate(period.to, language),
        });
  const explained = of === 'participation' ? EXPLAINED.slice(0, 1) : EXPLAINED;
  return notes(say('xl-sheet-notes'), [
    [say('xl-note-campaign'), campaign.name[language]],
    [say('xl-note-period'), span],
    [say('xl-note-taken'), showDateTime(asOf, campaign.zone, language)],
    [say('xl-note-nature'), say('lb-note')],
    ...explained.map((key): readonly [string, string] => [
      say(`xl-column-${key}`),
      say(`xl-about-${key}`),
    ]),
    ...(of === 'participation'
      ? []
      : [[say('xl-sheet-people'), say('xl-about-people', { n: smallUnit })] as const]),
  ]);
}

/** Figures whose meaning is not in their heading. */
const EXPLAINED = [
  'participation',
  'place',
  'score',
  'points',
  'breadth',
  'submitted',
  'waiting',
  'week',
] as const;
