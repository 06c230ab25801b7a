/** The numbered sections of a final document. */
import type { Audience } from '../campaign/types.ts';
import { showDate, showDateTime } from '../messages/dates.ts';
import { groupName } from '../messages/leaderboard.ts';
import { unitName } from '../messages/report.ts';
import type { Say } from '../messages/say.ts';
import { grouped } from '../standings/grouped.ts';
import {
  body,
  caption,
  type DocColumn,
  type DocPart,
  type DocRow,
  gridTable,
  heading,
} from './docx-parts.ts';
import type { FinalData, FinalItem, FinalUnit } from './final-data.ts';

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'];

export function sections(data: FinalData, say: Say): DocPart[] {
  const tables = counter(say);
  const all: readonly (readonly [title: string, parts: readonly DocPart[]])[] = [
    ['doc-section-basis', basis(data, say)],
    ['doc-section-response', response(data, say, tables)],
    ['doc-section-items', items(data, say, tables)],
    ['doc-section-pledges', pledges(data, say, tables)],
    ['doc-section-exemplars', exemplars(data, say)],
    ['doc-section-remarks', remarks(data, say)],
    data.of
      ? ['doc-section-people', people(data, say, tables)]
      : ['doc-section-units', units(data, say, tables)],
  ];
  return all.flatMap(([title, parts], at) => [
    heading(`${ROMAN[at]}. ${say(title).toLocaleUpperCase('vi')}`),
    ...parts,
  ]);
}

/** Numbers the tables as they come. */
function counter(say: Say): (title: string) => DocPart {
  let n = 0;
  return (title) => {
    n += 1;
    return caption(say('doc-table', { n: String(n), title }));
  };
}

type Tables = ReturnType<typeof counter>;

/** Part of the whole in percent, with one decimal; a dash where there is no whole. */
function percent(part: number, whole: number, say: Say): string {
  if (whole === 0) return '–';
  return say('doc-percent', { n: Math.round((1000 * part) / whole) / 10 });
}

function basis({ period, campaign, asOf }: FinalData, say: Say): DocPart[] {
  const { language } = say;
  return [
    body(
      say('doc-basis-period', {
        from: showDate(period.from, language),
        to: showDate(period.to, language),
        at: showDateTime(asOf, campaign.zone, language),
      }),
    ),
    ...(period.running ? [body(say('doc-basis-running'))] : []),
    body(say('doc-basis-rule')),
    body([{ text: say('doc-basis-nature'), bold: true }]),
  ];
}

function response(data: FinalData, say: Say, tables: Tables): DocPart[] {
  const { totals, of, units: all, campaign } = data;
  const { headcount, participants, personal, collective } = totals;
  const n = (value: number): string => say('lb-number', { n: value });
  const place = of ? all[0]?.place : null;
  const rows: (readonly [string, string])[] = [
    ...(of ? [] : [[say('doc-row-units'), n(all.length)] as const]),
    [say('doc-row-headcount'), n(headcount)],
    [say('doc-row-participants'), n(participants.people)],
    [say('doc-row-participation'), percent(participants.people, headcount, say)],
    [say('doc-row-personal'), n(personal.reports.length)],
    [say('doc-row-personal-points'), n(personal.points)],
    [say('doc-row-collective'), n(collective.reports.length)],
    [say('doc-row-collective-points'), n(collective.points)],
    ...(of && place?.rank
      ? [
          [
            say('doc-row-place', { group: groupName(say, of, campaign.comparison.by) }),
            say('lb-place', { rank: place.rank, size: place.groupSize }),
          ] as const,
        ]
      : []),
  ];
  return [
    body(
      say(of ? 'doc-response-unit' : 'doc-response', {
        n: participants.people,
        of: headcount,
        percent: percent(participants.people, headcount, say),
      }),
    ),
    tables(say('doc-table-response')),
    gridTable(
      [
        { title: say('doc-column-row'), share: 8, align: 'center' },
        { title: say('doc-column-figure'), share: 66, align: 'left' },
        { title: say('doc-column-value'), share: 26, align: 'right' },
      ],
      rows.map(([name, value], at) => [n(at + 1), name, value]),
    ),
  ];
}

const KINDS: readonly { key: string; audiences: readonly (Audience | null)[] }[] = [
  {
    key: 'doc-kind-collective',
    audiences: ['collective_research_teaching', 'collective_support'],
  },
  { key: 'doc-kind-staff', audiences: ['staff'] },
  { key: 'doc-kind-student', audiences: ['student'] },
  { key: 'doc-kind-former', audiences: [null] },
];

function items({ totals }: FinalData, say: Say, tables: Tables): DocPart[] {
  if (totals.items.length === 0) return [body(say('doc-no-items'))];
  const n = (value: number): string => say('lb-number', { n: value });
  const row = ({ item, label, reports, points }: FinalItem): string[] => [
    item,
    label[say.language],
    n(reports.length),
    n(points),
  ];
  return [
    tables(say('doc-table-items')),
    gridTable(
      [
        { title: say('doc-column-code'), share: 10, align: 'left' },
        { title: say('doc-column-content'), share: 58, align: 'left' },
        { title: say('doc-column-reports'), share: 16, align: 'right' },
        { title: say('doc-column-points'), share: 16, align: 'right' },
      ],
      KINDS.flatMap(({ key, audiences }): DocRow[] => {
        const own = totals.items.filter(({ audience }) => audiences.includes(audience));
        return own.length > 0 ? [{ over: say(key) }, ...own.map(row)] : [];
      }),
    ),
  ];
}

const reachedOf = ({ pledge }: FinalUnit): { reached: number; of: number } => {
  const targets = pledge?.targets ?? [];
  return {
    reached: targets.filter(({ target, reports }) => reports.length >= target).length,
    of: targets.length,
  };
};

function pledges({ of, units: all }: FinalData, say: Say, tables: Tables): DocPart[] {
  const n = (value: number): string => say('lb-number', { n: value });
  const [unit] = all;
  if (of) {
    if (!unit?.pledge) return [body(say('doc-no-pledge'))];
    const { text, targets } = unit.pledge;
    const said = body([{ text: `${say('doc-pledge-text')} ` }, { text, italics: true }]);
    if (targets.length === 0) return [said];
    return [
      said,
      tables(say('doc-table-pledges')),
      gridTable(
        [
          { title: say('doc-column-content'), share: 52, align: 'left' },
          { title: say('doc-column-target'), share: 16, align: 'right' },
          { title: say('doc-column-reached'), share: 16, align: 'right' },
          { title: say('doc-column-share'), share: 16, align: 'right' },
        ],
        targets.map(({ label, target, reports }) => [
          label[say.language],
          n(target),
          n(reports.length),
          percent(reports.length, target, say),
        ]),
      ),
      body(say('doc-pledge-rule'), { before: 6 }),
    ];
  }
  const pledged = all.filter(({ pledge }) => pledge !== null);
  if (pledged.length === 0) return [body(say('doc-no-pledges'))];
  return [
    body(say('doc-pledges', { n: pledged.length, of: all.length })),
    tables(say('doc-table-pledged')),
    gridTable(
      [
        { title: say('doc-column-row'), share: 8, align: 'center' },
        { title: say('doc-column-unit'), share: 56, align: 'left' },
        { title: say('doc-column-targets'), share: 18, align: 'right' },
        { title: say('doc-column-targets-reached'), share: 18, align: 'right' },
      ],
      pledged.map((each, at) => {
        const { reached, of: count } = reachedOf(each);
        return [n(at + 1), unitName(say, each.unit), n(count), n(reached)];
      }),
    ),
    body(say('doc-pledge-rule'), { before: 6 }),
  ];
}

function exemplars({ exemplars: all, of }: FinalData, say: Say): DocPart[] {
  if (all.length === 0) return [body(say('doc-no-exemplars'))];
  return all.map(({ reportId, authorName, unit, title, citation }, at) => {
    const name = unitName(say, unit);
    const who =
      authorName === null
        ? name
        : of
          ? authorName
          : say('doc-exemplar-of', { name: authorName, unit: name });
    return body([
      { text: `${at + 1}. ${who}: `, bold: true },
      { text: `${say('doc-exemplar', { title, number: String(reportId) })} ${citation}` },
    ]);
  });
}

const remarks = ({ totals: { remarks: counts }, of }: FinalData, say: Say): DocPart[] => [
  body(
    counts.people + counts.unit === 0
      ? say('doc-no-remarks')
      : say(of ? 'doc-remarks-unit' : 'doc-remarks', { people: counts.people, unit: counts.unit }),
  ),
];

function people({ units: [unit], campaign }: FinalData, say: Say, tables: Tables): DocPart[] {
  if (!unit?.people) return [body(say('lb-small', { n: campaign.comparison.smallUnit }))];
  if (unit.people.length === 0) return [body(say('doc-no-items'))];
  const n = (value: number): string => say('lb-number', { n: value });
  return [
    tables(say('doc-table-people')),
    gridTable(
      [
        { title: say('doc-column-row'), share: 8, align: 'center' },
        { title: say('lb-column-name'), share: 38, align: 'left' },
        { title: say('doc-column-audience'), share: 22, align: 'left' },
        { title: say('doc-column-reports'), share: 16, align: 'right' },
        { title: say('doc-column-points'), share: 16, align: 'right' },
      ],
      unit.people.map(({ name, audience, cohort, reports, points }, at) => [
        n(at + 1),
        name,
        cohort ?? say(`xl-audience-${audience}`),
        n(reports.length),
        n(points),
      ]),
    ),
  ];
}

/** Groups by their names; units by place, those without one last, in the Vietnamese order of names. */
function units({ units: all, campaign }: FinalData, say: Say, tables: Tables): DocPart[] {
  const { by, smallUnit } = campaign.comparison;
  const n = (value: number): string => say('lb-number', { n: value });
  const small = all.filter(({ unit }) => unit.headcount < smallUnit);
  const columns: DocColumn[] = [
    { title: say('doc-column-place'), share: 8, align: 'center' },
    { title: say('doc-column-unit'), share: 34, align: 'left' },
    { title: say('doc-column-headcount'), share: 10, align: 'right' },
    { title: say('doc-column-participation'), share: 12, align: 'right' },
    { title: say('doc-column-personal'), share: 12, align: 'right' },
    { title: say('doc-column-collective'), share: 12, align: 'right' },
    { title: say('lb-column-score'), share: 12, align: 'right' },
  ];
  const row = ({ unit, place, participants, personal, collective }: FinalUnit): string[] => {
    const name = unitName(say, unit);
    if (unit.headcount < smallUnit) return ['–', name, n(unit.headcount), '–', '–', '–', '–'];
    return [
      place?.rank ? n(place.rank) : '–',
      name,
      n(unit.headcount),
      percent(participants.people, unit.headcount, say),
      n(personal.reports.length),
      n(collective.reports.length),
      place ? n(place.score * 100) : '–',
    ];
  };
  const rankOf = ({ unit, place }: FinalUnit): number =>
    unit.headcount < smallUnit ? Number.POSITIVE_INFINITY : (place?.rank ?? Number.MAX_VALUE);
  return [
    tables(say('doc-table-units')),
    gridTable(
      columns,
      [...grouped(all, ({ unit }) => groupName(say, unit, by))].flatMap(([group, members]) => [
        { over: say('doc-group', { group }) },
        ...members.toSorted((a, b) => rankOf(a) - rankOf(b) || 0).map(row),
      ]),
    ),
    body(say('doc-units-rule'), { before: 6 }),
    ...(small.length > 0
      ? [body(say('lb-group-small', { n: small.length, people: smallUnit }))]
      : []),
  ];
}
