/** The page a person has of their own on a platform that has such pages (`Adapter.home`). */

import { addDays, mondayOf, weekNumber, weekSpan } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, Message } from '../chat/index.ts';
import type { AwaitedView, EnrolmentRequestView, ReportLine } from '../engine/reads.ts';
import type { PersonView } from '../engine/turn-context.ts';
import { campaignPhase } from '../reports/period.ts';
import { hasPlace } from '../standings/board.ts';
import type { UnitStanding } from '../standings/types.ts';
import { note, paragraph } from './blocks.ts';
import { commandRoles } from './commands.ts';
import { showDate } from './dates.ts';
import { waitingMessage } from './enrol.ts';
import { menuButtons } from './help.ts';
import { LANGUAGES } from './language.ts';
import { groupName } from './leaderboard.ts';
import { ownReportLine } from './own-reports.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';
import { stageLine } from './stage.ts';

/** A unit's figures of one week; null where the unit is not among those of that week. */
interface WeekFigures {
  /** Monday. */
  readonly week: string;
  readonly standing: UnitStanding | null;
}

export type HomeView =
  /** Belongs to another organisation. */
  | { readonly kind: 'outsider' }
  /** Not enrolled; `request`: an enrolment that waits for the unit's word. */
  | { readonly kind: 'guest'; readonly request: EnrolmentRequestView | null }
  | {
      readonly kind: 'person';
      readonly person: PersonView;
      /** ISO date in the campaign's zone. */
      readonly today: string;
      /** First day without leave to report, once reports are taken by leave only; null without leave. */
      readonly leave: string | null;
      /** The latest ones, and how many there are in all. */
      readonly reports: { readonly total: number; readonly lines: readonly ReportLine[] };
      readonly awaited: AwaitedView;
      /** What waits for the person's decision; null for somebody who decides nothing. */
      readonly queue: {
        readonly reports: number;
        /** Whole days the oldest report has waited. */
        readonly oldestDays: number;
        readonly enrolments: number;
      } | null;
      /** Null for somebody in no unit, and while there are no weeks to speak of. */
      readonly unit: {
        /** Until when the figures of the current week reach. */
        readonly asOf: string;
        /** The last week that is over and recorded. */
        readonly closed: WeekFigures | null;
        /** The week under way; null outside the campaign. */
        readonly current: WeekFigures | null;
      } | null;
    };
type Own = Extract<HomeView, { kind: 'person' }>;

const heading = (line: string): Block => ({ kind: 'heading', text: line });
const list = (lines: readonly string[]): Block => ({
  kind: 'list',
  items: lines.map((line) => [line]),
});
const help = (say: Say): Button => ({ label: say('menu-trogiup'), action: 'cmd:trogiup' });

/** Where messages go, and adding a second account. */
const accounts = (say: Say): Button => ({ label: say('menu-taikhoan'), action: 'cmd:taikhoan' });

/** The languages the page is not in, each named in itself. */
const otherLanguages = (say: Say): Button[] =>
  LANGUAGES.filter((language) => language !== say.language).map((language) => ({
    label: say(`language-${language}`),
    action: `lang:${language}`,
  }));

/** What stands on the page, in the person's language. */
export function homeMessage(say: Say, view: HomeView, campaign: Campaign): Message {
  if (view.kind === 'outsider') {
    const line = say('home-outsider', { organisation: campaign.organisation[say.language] });
    return { notice: line, blocks: [paragraph(line)] };
  }
  return view.kind === 'guest'
    ? guestPage(say, view.request, campaign)
    : ownPage(say, view, campaign);
}

function guestPage(say: Say, request: EnrolmentRequestView | null, campaign: Campaign): Message {
  const welcome = say('enrol-welcome', { campaign: campaign.name[say.language] });
  const { blocks, buttons = [] } = request
    ? waitingMessage(say, request, true)
    : { blocks: [paragraph(say('home-guest'))], buttons: menuButtons(say, ['guest']) };
  return {
    notice: welcome,
    blocks: [paragraph(welcome), ...blocks],
    buttons: [...buttons, [help(say), ...otherLanguages(say)]],
  };
}

function ownPage(say: Say, view: Own, campaign: Campaign): Message {
  const { person } = view;
  const unit = person.membership?.unit;
  const name = { name: person.name };
  const title = say('home-title');
  return {
    notice: title,
    blocks: [
      heading(title),
      paragraph(
        unit
          ? say('menu-greeting', { ...name, unit: unitName(say, unit) })
          : say('menu-greeting-no-unit', name),
      ),
      paragraph(deadlines(say, view, campaign).join('\n')),
      heading(say('home-waiting')),
      ...waiting(say, view),
      heading(say('report-mine-own')),
      ...reports(say, view),
      ...standing(say, view, campaign),
    ],
    buttons: [
      ...menuButtons(say, commandRoles(person)),
      ...answerButtons(say, view),
      ...openButtons(say, view),
      [help(say), accounts(say), ...otherLanguages(say)],
    ],
  };
}

/** When the week, the stage and the campaign end: the last days on which a report counts. */
function deadlines(say: Say, { today, leave }: Own, campaign: Campaign): string[] {
  const { period, reportingUntil } = campaign;
  const date = (day: string): { date: string } => ({ date: showDate(day, say.language) });
  const stage = stageLine(say, campaign, today);
  if (campaignPhase(campaign, today) !== 'open')
    return leave === null ? [stage] : [stage, say('stage-leave', date(addDays(leave, -1)))];
  const week = mondayOf(today);
  const sunday = weekSpan(week).to;
  return [
    ...(sunday < period.to
      ? [say('home-week-ends', { ...date(sunday), number: weekNumber(week, period) })]
      : []),
    stage,
    say('home-campaign-ends', date(reportingUntil)),
  ];
}

function waiting(say: Say, { queue, awaited }: Own): Block[] {
  const { returned, shares } = awaited;
  const more = (key: string, part: { total: number; lines: readonly unknown[] }): string[] =>
    part.total > part.lines.length ? [say(key, { count: part.total - part.lines.length })] : [];
  const lines = [
    ...(queue && queue.reports > 0
      ? [say('queue-reports', { count: queue.reports, days: queue.oldestDays })]
      : []),
    ...(queue && queue.enrolments > 0
      ? [say('queue-enrolments', { count: queue.enrolments })]
      : []),
    ...returned.lines.map(({ id, title, reason }) =>
      say('home-returned', { number: String(id), title, reason }),
    ),
    ...more('home-returned-more', returned),
    ...shares.lines.map(({ id, title, authorName }) =>
      say('home-share', { number: String(id), title, author: authorName }),
    ),
    ...more('home-share-more', shares),
  ];
  return [lines.length > 0 ? list(lines) : paragraph(say('home-waiting-none'))];
}

function reports(say: Say, { reports: { total, lines } }: Own): Block[] {
  if (lines.length === 0) return [paragraph(say('report-mine-none-own'))];
  return [
    list(lines.map((line) => ownReportLine(say, line))),
    note(say('report-mine-count', { total })),
  ];
}

/** The unit's figures of its latest two weeks side by side; nobody's own, and not who is missing. */
function standing(say: Say, { person, unit }: Own, { comparison, period }: Campaign): Block[] {
  const own = person.membership?.unit;
  const weeks = [
    ...(unit?.closed ? [{ ...unit.closed, title: 'home-week' }] : []),
    ...(unit?.current ? [{ ...unit.current, title: 'home-week-now' }] : []),
  ];
  if (!own || !unit || weeks.length === 0) return [];
  const row = (label: string, figure: (of: UnitStanding) => string | null): string[] => [
    say(label),
    ...weeks.map((week) => (week.standing && figure(week.standing)) ?? say('home-no-figure')),
  ];
  return [
    heading(say('home-unit')),
    paragraph(`${say('lb-group-label')}: ${groupName(say, own, comparison.by)}`),
    {
      kind: 'table',
      columns: [
        { title: '', align: 'left' },
        ...weeks.map(({ week, title }) => ({
          title: say(title, { number: weekNumber(week, period) }),
          align: 'right' as const,
        })),
      ],
      rows: [
        row('lb-place-label', (of) =>
          hasPlace(of) ? say('lb-place', { rank: of.rank, size: of.groupSize }) : null,
        ),
        row('lb-score-label', (of) =>
          hasPlace(of) ? say('lb-number', { n: of.score * 100 }) : null,
        ),
        row('lb-participants-label', ({ participants, headcount }) =>
          headcount > 0
            ? say('lb-participants', {
                n: participants,
                of: headcount,
                percent: Math.round((1000 * participants) / headcount) / 10,
              })
            : null,
        ),
      ],
    },
    ...(unit.current ? [paragraph(say('lb-as-of', { at: unit.asOf }))] : []),
    note(say('lb-note')),
  ];
}

/** What the person is asked for, one press away. */
const answerButtons = (say: Say, { awaited }: Own): Button[][] => [
  ...awaited.returned.lines.map(({ id }): Button[] => [
    { label: say('home-amend', { number: String(id) }), action: `rep:${id}:amend` },
  ]),
  ...awaited.shares.lines.map(({ id }): Button[] => [
    { label: say('home-answer', { number: String(id) }), action: `co:${id}:o` },
  ]),
];

/** A returned report has its button above. */
function openButtons(say: Say, { reports: { lines }, awaited }: Own): Button[][] {
  const asked = awaited.returned.lines.map(({ id }) => id);
  const row = lines
    .filter(({ id }) => !asked.includes(id))
    .map(({ id }) => ({
      label: say('home-open-report', { number: String(id) }),
      action: `rep:${id}:open`,
    }));
  return row.length > 0 ? [row] : [];
}
