/** What is said about final documents in chat. */
import type { Block, Message } from '../chat/index.ts';
import { showDateTime } from './dates.ts';
import { plainMessage } from './flow.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

interface Exported {
  /** Null: the whole campaign. */
  readonly of: { readonly nameVi: string; readonly nameEn: string } | null;
  readonly period: {
    readonly stage: string | null;
    readonly name: { readonly vi: string; readonly en: string };
  };
  readonly asOf: string;
  readonly campaign: { readonly zone: string };
}

/** A unit, or the whole campaign. */
export const scopeName = (say: Say, of: Exported['of']): string =>
  of ? unitName(say, of) : say('export-campaign');

/** A stage, or the whole campaign. */
export const periodName = (say: Say, { stage, name }: Exported['period']): string =>
  stage === null ? say('export-whole') : name[say.language];

/** What the files are and that their figures are indicative, then the files: each is a message. */
export const exportedMessage = (
  say: Say,
  what: 'document' | 'workbook',
  data: Exported,
  files: readonly { readonly name: string; readonly mime: string; readonly sha256: string }[],
): Message => {
  const said = plainMessage([
    say(`export-done-${what}`, {
      of: scopeName(say, data.of),
      period: periodName(say, data.period),
      at: showDateTime(data.asOf, data.campaign.zone, say.language),
    }),
  ]);
  return {
    ...said,
    blocks: [
      ...said.blocks,
      { kind: 'note', text: [say('lb-note')] },
      ...files.map((media): Block => ({ kind: 'file', media })),
    ],
  };
};
