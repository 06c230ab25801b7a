/** A digest in words: what needs attention, the figures beside those before, and where the groups stand. */

import type { Block, Button, InlineText, Message } from '../chat/index.ts';
import type { Digest, DigestGroup, DigestUnit } from '../digests/types.ts';
import { hasPlace } from '../standings/board.ts';
import { note, paragraph } from './blocks.ts';

import { correctionLines } from './corrections.ts';
import { showDate, showDateTime, showWeek } from './dates.ts';
import { attentionBlocks, NAMED_FIRST, unitList } from './digest-attention.ts';
import { groupName } from './leaderboard.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** Leaders said of each group, and units of each way of moving. */
const TOP = 3;
/** Entries of the longer lists; the workbook has them all. */
const LISTED = 5;
/** Units whose participation is said to readers of counts alone. */
const COUNTED = 20;

export type DigestMedia = Extract<Block, { kind: 'image' | 'file' }>;

export interface DigestFraming {
  /** To whom it is said: the council, else one reader in person. Nothing when it was asked for. */
  readonly opening?: 'council' | 'reader';
  /** The picture and the workbook follow in a message of their own. */
  readonly following?: boolean;
  readonly buttons?: Button[][];
}

const bold = (line: string): Block => ({ kind: 'text', text: [{ kind: 'bold', text: line }] });
const list = (lines: readonly string[]): Block[] =>
  lines.length === 0 ? [] : [{ kind: 'list', items: lines.map((line): InlineText => [line]) }];
const titled = (title: string, blocks: readonly Block[]): Block[] =>
  blocks.length === 0 ? [] : [bold(title), ...blocks];

/** Percent to one decimal; 0 where there are no people. */
const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;

export const scopeName = (say: Say, of: Digest['of']): string => say(`digest-scope-${of}`);

function digestTitle(say: Say, { of, period }: Pick<Digest, 'of' | 'period'>): string {
  const scope = scopeName(say, of);
  if (period.kind === 'stage')
    return say('digest-title-stage', { name: period.name[say.language], scope });
  return say(period.running ? 'digest-title-running' : 'digest-title-week', {
    number: period.number,
    scope,
  });
}

export function digestMessage(say: Say, digest: Digest, framing: DigestFraming = {}): Message {
  const { opening, following = false, buttons } = framing;
  const title = digestTitle(say, digest);
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(opening ? [paragraph(say(`digest-opening-${opening}`))] : []),
      paragraph(leadOf(say, digest)),
      ...(isEmpty(digest) ? [paragraph(say('digest-empty'))] : []),
      ...attentionBlocks(say, digest),
      ...figures(say, digest),
      ...(isEmpty(digest) ? [] : details(say, digest)),
      ...corrections(say, digest),
      ...(following ? [paragraph(say('digest-following'))] : []),
      ...(digest.of === 'students' ? [] : [note(say('digest-recorded'))]),
      note(say('digest-note')),
    ],
    ...(buttons && buttons.length > 0 && { buttons }),
  };
}

/** Nobody reported, and nothing waits from before. */
const isEmpty = ({ totals, backlog }: Digest): boolean =>
  totals.participants === 0 &&
  (totals.reports?.submitted ?? 0) === 0 &&
  (backlog?.waiting ?? 0) === 0;

function leadOf(say: Say, { period, campaign, asOf }: Digest): string {
  const { language } = say;
  const span =
    period.kind === 'week'
      ? say('digest-span-week', { span: showWeek(period.week, language) })
      : say('digest-span-stage', {
          from: showDate(period.from, language),
          to: showDate(period.to, language),
        });
  return `${span}\n${say('digest-as-of', { at: showDateTime(asOf, campaign.zone, language) })}`;
}

/** A figure beside the one before: ▲ more, ▼ fewer. */
function beside(say: Say, shown: string, now: number, before: number | undefined): string {
  if (before === undefined) return shown;
  const by = Math.round(10 * (now - before)) / 10;
  if (by === 0) return say('digest-same', { shown });
  return say(by > 0 ? 'digest-up' : 'digest-down', { shown, by: Math.abs(by) });
}

function figures(say: Say, { of, totals, before, period }: Digest): Block[] {
  const { reports } = totals;
  const row = (label: string, value: string) => ({ label: say(label), value: [value] });
  const counted = (label: string, now: number, was: number | undefined) =>
    row(label, beside(say, say('digest-number', { n: now }), now, was));
  const rate = percent(totals.participants, totals.headcount);
  const rateBefore = before ? percent(before.participants, before.headcount) : undefined;
  const people = say('digest-people', {
    n: totals.participants,
    of: totals.headcount,
    percent: rate,
  });
  return [
    {
      kind: 'fields',
      rows: [
        row(
          'digest-participants',
          rateBefore === undefined ? people : beside(say, people, rate, rateBefore),
        ),
        ...(reports
          ? [
              counted('digest-submitted', reports.submitted, before?.reports?.submitted),
              counted('digest-verified', reports.verified, before?.reports?.verified),
              counted('digest-returned', reports.returned, before?.reports?.returned),
            ]
          : []),
        row(
          of === 'participation' ? 'digest-quiet-units' : 'digest-silent-units',
          beside(
            say,
            say('digest-of', { n: totals.silentUnits, of: totals.units }),
            totals.silentUnits,
            before?.silentUnits,
          ),
        ),
      ],
    },
    ...(before
      ? [note(say(period.kind === 'week' ? 'digest-compared-week' : 'digest-compared-stage'))]
      : []),
  ];
}

function details(say: Say, digest: Digest): Block[] {
  return [
    ...(digest.of === 'participation' ? participation(say, digest) : leaders(say, digest)),
    ...movement(say, digest),
    ...cohorts(say, digest),
    ...silence(say, digest),
    ...backlog(say, digest),
    ...exemplars(say, digest),
    ...audit(say, digest),
    ...trend(say, digest),
  ];
}

/** A unit too small for figures of its own is not ranked. */
const ranked = ({ units }: DigestGroup, { smallUnit }: Digest): DigestUnit[] =>
  units.filter(({ unit, standing }) => unit.headcount >= smallUnit && hasPlace(standing));

function leaders(say: Say, digest: Digest): Block[] {
  const groups = digest.groups.flatMap((group): Block[] => {
    const best = ranked(group, digest).filter(({ standing }) => (standing.rank ?? 0) <= TOP);
    const shown = best.slice(0, LISTED).map(({ unit, standing, moved }) => {
      const line = say('digest-leader', {
        rank: standing.rank ?? 0,
        unit: unitName(say, unit),
        score: Math.round(10_000 * standing.score) / 100,
      });
      return moved === null ? line : beside(say, line, moved, 0);
    });
    const rest = best.length - shown.length;
    const lines = rest > 0 ? [...shown, say('digest-more-units', { n: rest })] : shown;
    return lines.length === 0
      ? []
      : [
          paragraph(say('digest-group', { group: groupName(say, group.sample, digest.by) })),
          ...list(lines),
        ];
  });
  return groups.length === 0
    ? [paragraph(say('digest-no-points'))]
    : titled(say('digest-leaders'), groups);
}

function movement(say: Say, digest: Digest): Block[] {
  const moved = digest.groups
    .flatMap((group) => ranked(group, digest))
    .flatMap(({ unit, moved: by }) => (by === null || by === 0 ? [] : [{ unit, by }]))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const said = (ways: typeof moved) =>
    ways
      .slice(0, TOP)
      .map(({ unit, by }) => say('digest-moved', { unit: unitName(say, unit), by: Math.abs(by) }))
      .join('; ');
  const up = said(moved.filter(({ by }) => by > 0));
  const down = said(moved.filter(({ by }) => by < 0));
  return titled(
    say('digest-movement'),
    list([
      ...(up ? [say('digest-risen', { units: up })] : []),
      ...(down ? [say('digest-fallen', { units: down })] : []),
    ]),
  );
}

/** Those where most of the people take part; of a few people it would say who. */
function participation(say: Say, { participation: units, smallUnit }: Digest): Block[] {
  const rate = ({ unit, participants }: (typeof units)[number]) =>
    percent(participants, unit.headcount);
  const taking = units
    .filter(({ unit, participants }) => unit.headcount >= smallUnit && participants > 0)
    .sort((a, b) => rate(b) - rate(a));
  const shown = taking.slice(0, COUNTED);
  const rest = taking.length - shown.length;
  return [
    ...titled(
      say('digest-participation'),
      list([
        ...shown.map((each) => {
          const line = say('digest-unit-people', {
            unit: unitName(say, each.unit),
            n: each.participants,
            of: each.unit.headcount,
            percent: rate(each),
          });
          return each.before === null ? line : beside(say, line, each.participants, each.before);
        }),
        ...(rest > 0 ? [say('digest-more-units', { n: rest })] : []),
      ]),
    ),
  ];
}

function cohorts(say: Say, { cohorts: all }: Digest): Block[] {
  const taking = all
    .filter(({ participants }) => participants > 0)
    .sort((a, b) => b.participants / b.headcount - a.participants / a.headcount);
  if (all.length === 0) return [];
  return titled(
    say('digest-cohorts'),
    list([
      ...taking.slice(0, LISTED).map(({ unit, cohort, participants, headcount }) =>
        say('digest-cohort', {
          cohort: cohort ?? say('digest-cohort-none'),
          unit: unitName(say, unit),
          n: participants,
          of: headcount,
          percent: percent(participants, headcount),
        }),
      ),
      say('digest-cohorts-quiet', { n: all.length - taking.length, of: all.length }),
    ]),
  );
}

/** Nothing where the points at the top have named all of them. */
function silence(say: Say, { of, silent, attention }: Digest): Block[] {
  const said = attention.some(
    (point) => point.kind === 'silent' && point.units.length === silent.length,
  );
  if (silent.length === 0 || (said && silent.length <= NAMED_FIRST)) return [];
  const units = unitList(say, silent);
  const n = silent.length;
  return [paragraph(say(of === 'participation' ? 'digest-quiet' : 'digest-silent', { n, units }))];
}

function backlog(say: Say, { backlog: waits, units }: Digest): Block[] {
  if (waits === null) return [];
  if (waits.waiting === 0) return [paragraph(say('digest-backlog-none'))];
  const most = units
    .filter(({ waiting }) => waiting > 0)
    .sort((a, b) => b.waiting - a.waiting)
    .slice(0, TOP)
    .map(({ unit, waiting }) =>
      say('digest-backlog-unit', { unit: unitName(say, unit), n: waiting }),
    );
  const line = say('digest-backlog', { n: waits.waiting, days: waits.oldestDays ?? 0 });
  return [
    paragraph(
      most.length === 0
        ? line
        : `${line} ${say('digest-backlog-most', { units: most.join('; ') })}`,
    ),
  ];
}

function exemplars(say: Say, { exemplars: all }: Digest): Block[] {
  const rest = all.length - LISTED;
  return titled(
    say('digest-exemplars'),
    list([
      ...all
        .slice(0, LISTED)
        .map(({ authorName, unit, title }) =>
          authorName === null
            ? say('digest-exemplar-unit', { unit: unitName(say, unit), title })
            : say('digest-exemplar', { name: authorName, unit: unitName(say, unit), title }),
        ),
      ...(rest > 0 ? [say('digest-more-exemplars', { n: rest })] : []),
    ]),
  );
}

function audit(say: Say, { audit: sample }: Digest): Block[] {
  if (sample === null || Object.values(sample).every((n) => n === 0)) return [];
  return [paragraph(say('digest-audit', sample))];
}

/** In words: between which rates, and the best week. */
function trend(say: Say, { trend: weeks }: Digest): Block[] {
  const rates = weeks.map(({ participants, headcount, number }) => ({
    number,
    rate: percent(participants, headcount),
  }));
  const [first] = rates;
  const last = rates.at(-1);
  if (!first || !last || rates.length < 2) return [];
  const best = rates.reduce((a, b) => (b.rate > a.rate ? b : a));
  const way = last.rate > first.rate ? 'rising' : last.rate < first.rate ? 'falling' : 'steady';
  return [
    paragraph(
      say(`digest-trend-${way}`, {
        n: rates.length,
        from: first.rate,
        to: last.rate,
        best: best.rate,
        week: best.number,
      }),
    ),
  ];
}

function corrections(say: Say, { corrections: all, campaign }: Digest): Block[] {
  const lines = all.flatMap(({ unit, correction }) =>
    correctionLines(say, correction, campaign).map((line) => `${unitName(say, unit)}: ${line}`),
  );
  const rest = lines.length - LISTED;
  return titled(
    say('digest-corrections'),
    list([
      ...lines.slice(0, LISTED),
      ...(rest > 0 ? [say('digest-more-corrections', { n: rest })] : []),
    ]),
  );
}

/** Plain letters, so that every system keeps the name. */
export function digestFileName(say: Say, { of, period }: Digest): string {
  const when = period.kind === 'week' ? period.week : (period.stage ?? period.to);
  return `${say(`digest-file-${of}`)}-${when}`;
}

/** The picture and the workbook of a digest, after its text. */
export function digestFilesMessage(
  say: Say,
  digest: Digest,
  media: readonly DigestMedia[],
): Message {
  return { notice: say('digest-files', { title: digestTitle(say, digest) }), blocks: [...media] };
}
