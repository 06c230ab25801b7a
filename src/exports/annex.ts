/** The annexes of a final document: which reports each figure was counted from, and these reports. */
import type { SheetReport } from '../digests/types.ts';
import { showDate } from '../messages/dates.ts';
import { unitName } from '../messages/report.ts';
import type { Say } from '../messages/say.ts';
import {
  body,
  caption,
  type DocSection,
  gridTable,
  LANDSCAPE_WIDTH,
  line,
  SIZE,
  section,
} from './docx-parts.ts';
import type { FinalData, FinalUnit } from './final-data.ts';
import { authorText, evidenceText } from './report-rows.ts';

/**
 * Up to so many reports are listed in the document itself. Above it a list of a hundred pages helps
 * nobody: the workbook that goes with the document lists them, to be filtered by unit and item.
 */
export const ANNEX_MOST = 600;

/** A figure of the document, as its row is called there, and the reports it was counted from. */
interface TracedFigure {
  readonly name: string;
  readonly reports: readonly number[];
}

/** Report numbers in order, three or more that follow each other as `15–18`. */
export function numberRuns(numbers: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && number === run.last + 1) run.last = number;
    else if (run?.last !== number) runs.push({ first: number, last: number });
  }
  return runs
    .map(({ first, last }) => {
      if (last - first >= 2) return `${first}–${last}`;
      return first === last ? String(first) : `${first}, ${last}`;
    })
    .join(', ');
}

/** Every figure of the document that counts reports, in the order they are said. */
function tracedFigures(data: FinalData, say: Say): TracedFigure[] {
  const { totals, units, of } = data;
  return [
    { name: say('doc-figure-personal'), reports: totals.personal.reports },
    { name: say('doc-figure-collective'), reports: totals.collective.reports },
    ...totals.items.map(({ item, label, reports }) => ({
      name: say('doc-figure-item', { item, label: label[say.language] }),
      reports,
    })),
    ...units.flatMap((unit) => (of ? ofOneUnit(unit, say) : ofEachUnit(unit, data, say))),
    ...data.exemplars.map(({ title, reportId }) => ({
      name: say('doc-figure-exemplar', { title }),
      reports: [reportId],
    })),
  ].filter(({ reports }) => reports.length > 0);
}

const targets = ({ pledge }: FinalUnit, say: Say, unit: string | null): TracedFigure[] =>
  (pledge?.targets ?? []).map(({ item, label, reports }) => {
    const name = say('doc-figure-target', { item, label: label[say.language] });
    return { name: unit === null ? name : `${unit}: ${name}`, reports };
  });

const ofOneUnit = (unit: FinalUnit, say: Say): TracedFigure[] => [
  ...targets(unit, say, null),
  ...(unit.people ?? []).map(({ name, reports }, at) => ({
    name: say('doc-figure-person', { at: at + 1, name }),
    reports,
  })),
];

function ofEachUnit(unit: FinalUnit, { campaign }: FinalData, say: Say): TracedFigure[] {
  if (unit.unit.headcount < campaign.comparison.smallUnit) return [];
  const name = unitName(say, unit.unit);
  return [
    { name: say('doc-figure-unit-personal', { unit: name }), reports: unit.personal.reports },
    { name: say('doc-figure-unit-collective', { unit: name }), reports: unit.collective.reports },
    ...targets(unit, say, name),
  ];
}

/** Sections of their own on wide pages; none when nothing was counted. */
export function annexes(data: FinalData, say: Say, belongsTo: string): DocSection[] {
  if (data.reports.length === 0) return [];
  if (data.reports.length > ANNEX_MOST)
    return [
      section(
        [...head(1, say, belongsTo), body(say('doc-annex-elsewhere', { n: data.reports.length }))],
        { wide: true },
      ),
    ];
  return [
    section(
      [
        ...head(1, say, belongsTo),
        body(say('doc-annex-1-how')),
        gridTable(
          [
            { title: say('doc-column-row'), share: 5, align: 'center' },
            { title: say('doc-column-figure'), share: 40, align: 'left' },
            { title: say('doc-column-reports'), share: 9, align: 'right' },
            { title: say('doc-column-numbers'), share: 46, align: 'left' },
          ],
          tracedFigures(data, say).map(({ name, reports }, at) => [
            say('lb-number', { n: at + 1 }),
            name,
            say('lb-number', { n: reports.length }),
            numberRuns(reports),
          ]),
          { width: LANDSCAPE_WIDTH, size: SIZE.annex },
        ),
      ],
      { wide: true },
    ),
    section([...head(2, say, belongsTo), listOf(data.reports, say)], { wide: true }),
  ];
}

const head = (number: 1 | 2, say: Say, belongsTo: string) => [
  line(say(`doc-annex-${number}-number`), { align: 'center', bold: true }),
  line(say(`doc-annex-${number}-title`), { align: 'center', bold: true }),
  line(say('doc-annex-of', { document: belongsTo }), { align: 'center', italics: true, after: 6 }),
  caption(say('lb-note'), SIZE.small),
];

const listOf = (reports: readonly SheetReport[], say: Say) =>
  gridTable(
    [
      { title: say('doc-column-number'), share: 6, align: 'right' },
      { title: say('doc-column-done'), share: 9, align: 'center' },
      { title: say('doc-column-item'), share: 7, align: 'left' },
      { title: say('doc-column-title'), share: 27, align: 'left' },
      { title: say('doc-column-author'), share: 20, align: 'left' },
      { title: say('doc-column-evidence'), share: 18, align: 'left' },
      { title: say('doc-column-verifier'), share: 13, align: 'left' },
    ],
    reports.map((report) => [
      String(report.id),
      showDate(report.doneOn),
      report.item,
      report.title,
      `${authorText(report, say)}, ${unitName(say, report.unit)}`,
      evidenceText(report, say),
      `${report.verifierName}, ${showDate(report.verifiedOn)}`,
    ]),
    { width: LANDSCAPE_WIDTH, size: SIZE.annex },
  );
