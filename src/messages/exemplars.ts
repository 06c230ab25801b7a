/** Exemplars: as those who work on one see it, as the press receives it, and the list. */

import type { Campaign } from '../campaign/types.ts';
import { type Block, type Button, type Message, shortened } from '../chat/index.ts';
import type { ExemplarLine, ExemplarView } from '../engine/exemplar-reads.ts';
import type { ReportView } from '../engine/reads.ts';
import {
  EXEMPLAR_NEW,
  type ExemplarVerb,
  exemplarAction,
  exemplarList,
  nominateAction,
} from '../flows/exemplars/action.ts';
import { paragraph } from './blocks.ts';
import { showDateTime } from './dates.ts';
import { plainMessage } from './flow.ts';
import { evidenceLine, itemLabel, unitName } from './report.ts';
import type { Say } from './say.ts';

/** What its reader may do with it now. */
export interface ExemplarRights {
  readonly read: boolean;
  /** Works on it, and sees it before it is approved; others get what is published. */
  readonly inner: boolean;
  readonly consent: boolean;
  readonly decide: boolean;
  readonly edit: boolean;
  readonly withdraw: boolean;
}

/** Exemplars on one page of the list. */
export const EXEMPLARS_SHOWN = 8;
/** Characters of a title in a list. */
const TITLE_MAX = 60;

const number = ({ id }: Pick<ExemplarLine, 'id'>) => ({ number: String(id) });

/** Whose work it is: the author's name, or the unit's. */
export const workOf = (say: Say, { kind, author, unit }: ExemplarLine): string =>
  kind === 'collective' ? unitName(say, unit) : author.name;

const named = (say: Say, exemplar: ExemplarLine) => ({
  ...number(exemplar),
  name: workOf(say, exemplar),
});

const press = (say: Say, exemplar: ExemplarLine, verb: ExemplarVerb, label: string): Button => ({
  label: say(label),
  action: exemplarAction(exemplar, verb),
});

export const exemplarsButton = (say: Say): Button => ({
  label: say('exemplar-button-list'),
  action: exemplarList(0),
});
/** Under a verified report, for whoever may nominate it. */
export const nominateButton = (say: Say, report: number): Button => ({
  label: say('exemplar-button-nominate'),
  action: nominateAction(report),
});
export const openExemplarButton = (say: Say, exemplar: ExemplarLine): Button => ({
  label: say('exemplar-button-open', number(exemplar)),
  action: exemplarAction(exemplar, 'open'),
});

function state(say: Say, exemplar: ExemplarView, { zone }: Pick<Campaign, 'zone'>): string {
  const status = say(`exemplar-status-${exemplar.status}`);
  const { decidedBy, decidedAt } = exemplar;
  return (exemplar.status === 'approved' || exemplar.status === 'refused') && decidedBy && decidedAt
    ? say('exemplar-decided-by', {
        status,
        name: decidedBy.name,
        time: showDateTime(decidedAt, zone, say.language),
      })
    : status;
}

/** Who will read it, and that it can be taken back: said where consent is asked. */
const consentWords = (say: Say, exemplar: ExemplarView, evidence: boolean): Block[] => [
  paragraph(
    say(exemplar.kind === 'collective' ? 'exemplar-consent-ask-unit' : 'exemplar-consent-ask'),
  ),
  paragraph(say('exemplar-consent-who')),
  ...(evidence ? [paragraph(say('exemplar-consent-evidence'))] : []),
  paragraph(say('exemplar-consent-withdraw')),
];

function buttons(say: Say, exemplar: ExemplarView, can: ExemplarRights, evidence: boolean) {
  const primary = { tone: 'primary' as const };
  const rows: Button[][] = [
    can.consent && evidence
      ? [
          { ...press(say, exemplar, 'agree', 'exemplar-button-agree-evidence'), ...primary },
          press(say, exemplar, 'agreeBare', 'exemplar-button-agree-bare'),
        ]
      : [],
    can.consent
      ? [
          ...(evidence
            ? []
            : [{ ...press(say, exemplar, 'agreeBare', 'exemplar-button-agree'), ...primary }]),
          press(say, exemplar, 'decline', 'exemplar-button-decline'),
        ]
      : [],
    can.decide
      ? [
          { ...press(say, exemplar, 'approve', 'exemplar-button-approve'), ...primary },
          press(say, exemplar, 'refuse', 'exemplar-button-refuse'),
        ]
      : [],
    [
      ...(can.edit ? [press(say, exemplar, 'edit', 'exemplar-button-edit')] : []),
      // Before consent, declining is the way.
      ...(can.withdraw && !can.consent
        ? [press(say, exemplar, 'withdraw', 'exemplar-button-withdraw')]
        : []),
    ],
    evidence ? [press(say, exemplar, 'evidence', 'exemplar-button-evidence')] : [],
  ];
  return rows.filter((row) => row.length > 0);
}

/** As those who work on it see it. `evidence`: whether the report has any. */
export function exemplarMessage(
  say: Say,
  exemplar: ExemplarView,
  can: ExemplarRights,
  campaign: Campaign,
  evidence: boolean,
): Message {
  const { status, reason } = exemplar;
  const decided = status === 'consented' || status === 'approved';
  const notice = can.consent
    ? say('exemplar-request-notice')
    : can.decide
      ? say('exemplar-request-office', number(exemplar))
      : say('exemplar-number', number(exemplar));
  const its = buttons(say, exemplar, can, evidence);
  return {
    notice,
    blocks: [
      { kind: 'heading', text: say('exemplar-number', number(exemplar)) },
      {
        kind: 'fields',
        rows: [
          ...(exemplar.kind === 'personal'
            ? [{ label: say('exemplar-author'), value: [exemplar.author.name] }]
            : []),
          { label: say('exemplar-unit'), value: [unitName(say, exemplar.unit)] },
          {
            label: say('exemplar-report'),
            value: [
              say('exemplar-report-value', {
                number: String(exemplar.reportId),
                title: exemplar.title,
              }),
            ],
          },
          { label: say('exemplar-nominated-by'), value: [exemplar.nominatedBy.name] },
          { label: say('exemplar-citation'), value: [exemplar.citation] },
          { label: say('exemplar-state'), value: [state(say, exemplar, campaign)] },
          ...(decided && evidence
            ? [
                {
                  label: say('exemplar-evidence'),
                  value: [
                    say(exemplar.evidence ? 'exemplar-evidence-yes' : 'exemplar-evidence-no'),
                  ],
                },
              ]
            : []),
          ...(reason === null ? [] : [{ label: say('exemplar-reason'), value: [reason] }]),
        ],
      },
      ...(can.consent ? consentWords(say, exemplar, evidence) : []),
    ],
    ...(its.length > 0 && { buttons: its }),
  };
}

/** As the press receives it: ready to be used, with the evidence when its author agreed to that. */
export function publishedMessage(
  say: Say,
  exemplar: ExemplarView,
  report: ReportView,
  campaign: Campaign,
): Message {
  const words = exemplar.evidence ? report.evidence.filter(({ kind }) => kind !== 'media') : [];
  const files = exemplar.evidence && report.evidence.some(({ kind }) => kind === 'media');
  return {
    notice: say('exemplar-press-notice'),
    blocks: [
      {
        kind: 'heading',
        text: say('exemplar-press-heading', { name: workOf(say, exemplar) }),
      },
      {
        kind: 'fields',
        rows: [
          { label: say('exemplar-unit'), value: [unitName(say, exemplar.unit)] },
          { label: say('report-item'), value: [itemLabel(say, campaign, report.item)] },
          { label: say('report-title'), value: [report.title] },
          ...(words.length > 0
            ? [
                {
                  label: say('exemplar-evidence'),
                  value: [words.map((piece) => evidenceLine(say, piece)).join('\n')],
                },
              ]
            : []),
        ],
      },
      paragraph(exemplar.citation),
      { kind: 'note', text: [say('exemplar-press-ready')] },
    ],
    ...(files && {
      buttons: [[press(say, exemplar, 'evidence', 'exemplar-button-evidence')]],
    }),
  };
}

/** In place of what the press had. */
export const withdrawnCopy = (say: Say, exemplar: ExemplarLine): Message =>
  plainMessage([say('exemplar-press-withdrawn', number(exemplar))]);
export const goneExemplar = (say: Say): Message => plainMessage([say('exemplar-gone')]);

export type ExemplarEvent = 'agreed' | 'declined' | 'approved' | 'refused' | 'withdrawn' | 'report';

/** Tells somebody what became of it. `by`: who agreed or declined. */
export function exemplarNotice(
  say: Say,
  event: ExemplarEvent,
  exemplar: ExemplarView,
  by: string,
): Message {
  const values = named(say, exemplar);
  const line =
    event === 'agreed' || event === 'declined'
      ? say(`exemplar-told-${event}`, { ...values, name: by })
      : event === 'refused'
        ? say('exemplar-told-refused', { ...values, reason: exemplar.reason ?? '' })
        : say(`exemplar-told-${event}`, values);
  return plainMessage([line], [[openExemplarButton(say, exemplar)]]);
}

/** Asked once before it is withdrawn; the button names the version that was read. */
export const withdrawExemplarQuestion = (say: Say, exemplar: ExemplarView): Message =>
  plainMessage(
    [say('exemplar-withdraw-ask', named(say, exemplar))],
    [
      [
        {
          ...press(say, exemplar, 'withdrawNow', 'exemplar-button-withdraw'),
          tone: 'danger' as const,
        },
        press(say, exemplar, 'open', 'exemplar-button-keep'),
      ],
    ],
  );

const exemplarLine = (say: Say, exemplar: ExemplarLine): string =>
  say('exemplar-line', {
    ...named(say, exemplar),
    title: shortened(exemplar.title, TITLE_MAX),
    status: say(`exemplar-status-${exemplar.status}`),
  });

/** What somebody may see. `counts`: how many are approved, for those who read numbers. */
export function exemplarsMessage(
  say: Say,
  list: {
    readonly total: number;
    readonly lines: readonly ExemplarLine[];
    readonly offset: number;
    readonly counts: { readonly personal: number; readonly collective: number } | null;
    readonly nominates: boolean;
    /** Reads numbers and nothing else. */
    readonly onlyCounts: boolean;
  },
): Message {
  const { total, lines, offset, counts, nominates, onlyCounts } = list;
  const title = say('exemplar-title');
  const page = (label: string, at: number): Button => ({
    label: say(label),
    action: exemplarList(at),
  });
  const turn = [
    ...(offset > 0 ? [page('exemplar-page-before', Math.max(0, offset - EXEMPLARS_SHOWN))] : []),
    ...(offset + EXEMPLARS_SHOWN < total
      ? [page('exemplar-page-after', offset + EXEMPLARS_SHOWN)]
      : []),
  ];
  const rows = [
    ...(nominates
      ? [[{ label: say('exemplar-button-new'), action: EXEMPLAR_NEW, tone: 'primary' as const }]]
      : []),
    ...lines.map((line) => [openExemplarButton(say, line)]),
    ...(turn.length > 0 ? [turn] : []),
  ];
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(counts ? [paragraph(say('exemplar-counts', counts))] : []),
      ...(lines.length > 0
        ? [{ kind: 'list' as const, items: lines.map((line) => [exemplarLine(say, line)]) }]
        : onlyCounts
          ? []
          : [paragraph(say('exemplar-none'))]),
    ],
    ...(rows.length > 0 && { buttons: rows }),
  };
}
