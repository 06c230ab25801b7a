/** The workbook that goes with a final document: the ranking, and every report that was counted. */
import { showDate, showDateTime } from '../messages/dates.ts';
import { groupName } from '../messages/leaderboard.ts';
import { unitName } from '../messages/report.ts';
import type { Say } from '../messages/say.ts';
import { numberRuns } from './annex.ts';
import type { FinalData, FinalItem, FinalPerson, FinalTarget, FinalUnit } from './final-data.ts';
import { reportColumns } from './report-rows.ts';
import { columnOf, notes, type SheetPlan, table } from './sheet.ts';
import { shareOf } from './workbook.ts';
import { writeFile } from './write.ts';

/** A row of what belongs to a unit. */
type OfUnit<T> = T & { readonly of: FinalUnit };

/** In the language of `say`. Units are ordered by group and place: it is the ranking as well. */
export const finalWorkbook = (data: FinalData, say: Say): Promise<Uint8Array> =>
  writeFile({
    kind: 'workbook',
    plan: [
      unitsSheet(data, say),
      itemsSheet(data, say),
      peopleSheet(data, say),
      pledgesSheet(data, say),
      exemplarsSheet(data, say),
      table(say('xl-sheet-reports'), reportColumns(say), data.reports, 1),
      notesSheet(data, say),
    ],
  });

function unitsSheet({ units, campaign: { comparison } }: FinalData, say: Say): SheetPlan {
  const column = columnOf<FinalUnit>(say);
  const group = ({ unit }: FinalUnit): string => groupName(say, unit, comparison.by);
  const rankOf = ({ place }: FinalUnit): number => place?.rank ?? Number.MAX_VALUE;
  return table(
    say('xl-sheet-units'),
    [
      column('unit', 'text', 44, ({ unit }) => unitName(say, unit)),
      column('code', 'text', 22, ({ unit }) => unit.code),
      column('group', 'text', 48, group),
      column('place', 'count', 10, ({ place }) => place?.rank ?? null),
      column('of-units', 'count', 12, ({ place }) => place?.groupSize ?? null),
      column('score', 'figure', 14, ({ place }) => (place ? place.score * 100 : null)),
      column('headcount', 'count', 10, ({ unit }) => unit.headcount),
      column('participants', 'count', 14, ({ participants }) => participants.people),
      column('participation', 'share', 12, ({ participants, unit }) =>
        shareOf(participants.people, unit.headcount),
      ),
      column('personal-verified', 'count', 12, ({ personal }) => personal.reports.length),
      column('personal-points', 'figure', 12, ({ personal }) => personal.points),
      column('collective-verified', 'count', 12, ({ collective }) => collective.reports.length),
      column('collective-points', 'figure', 12, ({ collective }) => collective.points),
      column('breadth', 'count', 12, ({ items }) => items.length),
    ],
    units.toSorted(
      (a, b) => (group(a) < group(b) ? -1 : Number(group(a) > group(b))) || rankOf(a) - rankOf(b),
    ),
    1,
  );
}

function itemsSheet({ units }: FinalData, say: Say): SheetPlan {
  const column = columnOf<OfUnit<FinalItem>>(say);
  return table(
    say('xl-sheet-items'),
    [
      column('unit', 'text', 44, ({ of }) => unitName(say, of.unit)),
      column('item-code', 'text', 12, ({ item }) => item),
      column('item', 'text', 50, ({ label }) => label[say.language]),
      column('count', 'count', 12, ({ reports }) => reports.length),
      column('points', 'figure', 12, ({ points }) => points),
      column('reports', 'text', 60, ({ reports }) => numberRuns(reports)),
    ],
    units.flatMap((of) => of.items.map((item) => ({ ...item, of }))),
    1,
  );
}

function peopleSheet({ units }: FinalData, say: Say): SheetPlan {
  const column = columnOf<OfUnit<FinalPerson>>(say);
  return table(
    say('xl-sheet-people'),
    [
      column('unit', 'text', 44, ({ of }) => unitName(say, of.unit)),
      column('name', 'text', 28, ({ name }) => name),
      column('audience', 'text', 14, ({ audience }) => say(`xl-audience-${audience}`)),
      column('cohort', 'text', 20, ({ cohort }) => cohort),
      column('count', 'count', 12, ({ reports }) => reports.length),
      column('points', 'figure', 12, ({ points }) => points),
      column('reports', 'text', 50, ({ reports }) => numberRuns(reports)),
    ],
    units.flatMap((of) => (of.people ?? []).map((person) => ({ ...person, of }))),
    2,
  );
}

function pledgesSheet({ units }: FinalData, say: Say): SheetPlan {
  const column = columnOf<OfUnit<FinalTarget>>(say);
  return table(
    say('xl-sheet-pledges'),
    [
      column('unit', 'text', 44, ({ of }) => unitName(say, of.unit)),
      column('item-code', 'text', 12, ({ item }) => item),
      column('item', 'text', 50, ({ label }) => label[say.language]),
      column('target', 'count', 12, ({ target }) => target),
      column('reached', 'count', 12, ({ reports }) => reports.length),
      column('reached-share', 'share', 12, ({ target, reports }) =>
        shareOf(reports.length, target),
      ),
      column('reports', 'text', 50, ({ reports }) => numberRuns(reports)),
    ],
    units.flatMap((of) => (of.pledge?.targets ?? []).map((target) => ({ ...target, of }))),
    1,
  );
}

function exemplarsSheet({ exemplars }: FinalData, say: Say): SheetPlan {
  const column = columnOf<FinalData['exemplars'][number]>(say);
  return table(
    say('xl-sheet-exemplars'),
    [
      column('unit', 'text', 44, ({ unit }) => unitName(say, unit)),
      column('author', 'text', 28, ({ authorName }) => authorName ?? say('xl-author-unit')),
      column('number', 'count', 10, ({ reportId }) => reportId),
      column('title', 'text', 50, ({ title }) => title),
      column('citation', 'text', 70, ({ citation }) => citation),
    ],
    exemplars,
    1,
  );
}

function notesSheet({ campaign, period, asOf }: FinalData, say: Say): SheetPlan {
  const { language } = say;
  const from = showDate(period.from, language);
  const to = showDate(period.to, language);
  return notes(say('xl-sheet-notes'), [
    [say('xl-note-campaign'), campaign.name[language]],
    [say('xl-note-period'), say('xl-note-stage', { name: period.name[language], from, to })],
    [say('xl-note-taken'), showDateTime(asOf, campaign.zone, language)],
    [say('xl-note-nature'), say('doc-basis-nature')],
    ...(['participation', 'place', 'score', 'points', 'breadth', 'week'] as const).map(
      (key): readonly [string, string] => [say(`xl-column-${key}`), say(`xl-about-${key}`)],
    ),
    [say('xl-sheet-people'), say('xl-about-people', { n: campaign.comparison.smallUnit })],
    [say('xl-sheet-pledges'), say('doc-pledge-rule')],
  ]);
}
