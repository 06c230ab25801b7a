/** What the picture of a digest says: where the groups stand, how many take part, what comes first. */
import type { Digest, DigestGroup, DigestUnit, TrendPoint } from '../digests/types.ts';
import { hasPlace } from '../standings/board.ts';
import { showDateTime, showSpan, showWeek } from './dates.ts';
import { attentionLine } from './digest-attention.ts';
import type { Drawing, DrawnBar, DrawnChange, DrawnPart } from './drawing.ts';
import { groupName } from './leaderboard.ts';
import { changeOf, figureOf, percent, shareOf } from './pictures.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** Bars of one group at most, and of several together: a phone shows no more on one page. */
const MOST = 15;
const TOGETHER = 14;
/** A group shown at all shows so many. */
const LEAST = 3;
const GROUPS = 5;
export function digestDrawing(say: Say, digest: Digest): Drawing {
  const title = titleOf(say, digest);
  const { totals } = digest;
  const rate = percent(totals.participants, totals.headcount);
  return {
    title,
    alt: say('pic-alt-digest', {
      title,
      rate,
      units: totals.units - totals.silentUnits,
      of: totals.units,
    }),
    lead: [
      spanOf(say, digest),
      say('lb-as-of', { at: showDateTime(digest.asOf, digest.campaign.zone, say.language) }),
    ],
    parts: [
      figures(say, digest),
      ...attention(say, digest),
      ...(digest.of === 'participation' ? participation(say, digest) : groups(say, digest)),
      ...trend(say, digest),
    ],
    foot: [say('lb-note')],
  };
}

function titleOf(say: Say, { of, period }: Digest): string {
  const scope = say(`pic-scope-${of}`);
  if (period.kind === 'week') return say('pic-digest-week', { number: period.number, scope });
  const name = say.language === 'vi' ? period.name.vi : period.name.en;
  return say('pic-digest-stage', { name, scope });
}

const spanOf = (say: Say, { period }: Digest): string =>
  period.kind === 'week'
    ? say('lb-span', { span: showWeek(period.week, say.language) })
    : showSpan(period.from, period.to, say.language);

/** The difference to the period before, in figures of its own. */
function difference(
  say: Say,
  now: number,
  before: number | null | undefined,
  said = (by: number): string => figureOf(say, by),
  same = '',
): DrawnChange | null {
  if (before === null || before === undefined) return null;
  const by = Math.round((now - before) * 10) / 10;
  if (by === 0) return { way: 'same', by: same };
  return { way: by > 0 ? 'up' : 'down', by: said(Math.abs(by)) };
}

function figures(say: Say, { totals, before, backlog }: Digest): DrawnPart {
  const against = (now: number, then: number | null | undefined): DrawnChange | null =>
    difference(say, now, then, (by) => figureOf(say, by), say('pic-same'));
  const rate = percent(totals.participants, totals.headcount);
  const rateBefore = before && percent(before.participants, before.headcount);
  return {
    kind: 'facts',
    facts: [
      {
        label: say('pic-rate'),
        value: say('pic-percent', { n: rate }),
        change: difference(
          say,
          rate,
          rateBefore,
          (by) => say('pic-points-of-percent', { n: by }),
          say('pic-same'),
        ),
      },
      {
        label: say('pic-active-units'),
        value: say('lb-place', { rank: totals.units - totals.silentUnits, size: totals.units }),
        change: against(
          totals.units - totals.silentUnits,
          before && before.units - before.silentUnits,
        ),
      },
      ...(totals.reports === null
        ? []
        : [
            {
              label: say('pic-verified'),
              value: figureOf(say, totals.reports.verified),
              change: against(totals.reports.verified, before?.reports?.verified),
            },
          ]),
      ...(backlog === null
        ? []
        : [{ label: say('pic-waiting'), value: figureOf(say, backlog.waiting), change: null }]),
    ],
  };
}

function attention(say: Say, digest: Digest): DrawnPart[] {
  const items = digest.attention.slice(0, 3).map((point) => attentionLine(say, digest.of, point));
  return items.length === 0 ? [] : [{ kind: 'list', heading: say('digest-attention'), items }];
}

function groups(say: Say, digest: Digest): DrawnPart[] {
  const { groups: all } = digest;
  const shown = all.slice(0, GROUPS);
  const each =
    shown.length === 1 ? MOST : Math.max(LEAST, Math.floor(TOGETHER / Math.max(1, shown.length)));
  const left = all.length - shown.length;
  return [
    ...shown.map((group) => groupBars(say, digest, group, each)),
    ...(left > 0
      ? [{ kind: 'text', text: say('pic-more-groups', { n: left }) } satisfies DrawnPart]
      : []),
  ];
}

/** Units with a place; as on every board, those too small for figures of their own are left out. */
function groupBars(say: Say, digest: Digest, group: DigestGroup, each: number): DrawnPart {
  const placed = group.units
    .filter(({ standing, unit }) => hasPlace(standing) && unit.headcount >= digest.smallUnit)
    .sort((a, b) => (a.standing.rank ?? 0) - (b.standing.rank ?? 0));
  const most = Math.max(0, ...placed.map(({ standing }) => standing.score));
  const left = placed.length - each;
  const heading = groupName(say, group.sample, digest.by);
  const bar = ({ unit, standing, moved }: DigestUnit): DrawnBar => ({
    rank: figureOf(say, standing.rank ?? 0),
    label: unitName(say, unit),
    value: figureOf(say, standing.score * 100),
    share: shareOf(standing.score, most),
    change: changeOf(say, moved),
    own: false,
    gap: false,
  });
  return {
    kind: 'bars',
    heading: say('pic-group-heading', { group: heading }),
    unit: placed.length === 0 ? say('pic-group-empty') : say('lb-score-label'),
    bars: placed.slice(0, each).map(bar),
    more: left > 0 ? say('pic-more-units', { n: left }) : null,
  };
}

/** Units where the largest part of the people takes part: no points, no reports. */
function participation(say: Say, digest: Digest): DrawnPart[] {
  const taking = digest.participation
    .filter(({ unit, participants }) => unit.headcount >= digest.smallUnit && participants > 0)
    .map((entry) => ({ ...entry, rate: percent(entry.participants, entry.unit.headcount) }))
    .sort((a, b) => b.rate - a.rate);
  if (taking.length === 0) return [];
  const left = taking.length - MOST;
  return [
    {
      kind: 'bars',
      heading: say('pic-participation'),
      unit: null,
      bars: taking.slice(0, MOST).map(({ unit, rate, before }) => ({
        rank: null,
        label: unitName(say, unit),
        value: say('pic-percent', { n: rate }),
        share: shareOf(rate, 100),
        change: difference(say, rate, before === null ? null : percent(before, unit.headcount)),
        own: false,
        gap: false,
      })),
      more: left > 0 ? say('pic-more-units', { n: left }) : null,
    },
  ];
}

/** The line's top is the largest share, so that small ones can be told apart. */
function trend(say: Say, { trend: points }: Digest): DrawnPart[] {
  if (points.length < 2) return [];
  const rate = ({ participants, headcount }: TrendPoint): number =>
    percent(participants, headcount);
  const most = Math.max(0, ...points.map(rate));
  return [
    {
      kind: 'trend',
      heading: say('pic-trend'),
      points: points.map((point) => ({
        label: say('pic-week', { number: point.number }),
        value: say('pic-percent', { n: rate(point) }),
        share: shareOf(rate(point), most),
      })),
    },
  ];
}
