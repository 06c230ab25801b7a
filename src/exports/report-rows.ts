/** One row a report, wherever reports are listed. */
import type { SheetReport } from '../digests/types.ts';
import { unitName } from '../messages/report.ts';
import type { Say } from '../messages/say.ts';
import { type Column, columnOf } from './sheet.ts';

/** Document numbers and links, and how many files: what proves the report. */
export function evidenceText({ evidence: { texts, files } }: SheetReport, say: Say): string {
  return [...texts, ...(files > 0 ? [say('xl-files', { n: files })] : [])].join('; ');
}

/** Who did it: a person, the unit itself, or nobody named where the unit is too small for that. */
export function authorText({ kind, authorName }: SheetReport, say: Say): string {
  if (kind === 'collective') return say('xl-author-unit');
  return authorName ?? say('xl-author-unnamed');
}

export function reportColumns(say: Say): Column<SheetReport>[] {
  const column = columnOf<SheetReport>(say);
  return [
    column('number', 'count', 10, ({ id }) => id),
    column('unit', 'text', 40, ({ unit }) => unitName(say, unit)),
    column('kind', 'text', 12, ({ kind }) => say(`xl-kind-${kind}`)),
    column('item', 'text', 40, ({ itemLabel }) => itemLabel[say.language]),
    column('item-code', 'text', 12, ({ item }) => item),
    column('title', 'text', 50, ({ title }) => title),
    column('author', 'text', 28, (report) => authorText(report, say)),
    column('done', 'day', 14, ({ doneOn }) => doneOn),
    column('sent', 'day', 14, ({ submittedOn }) => submittedOn),
    column('verified-on', 'day', 14, ({ verifiedOn }) => verifiedOn),
    column('week', 'day', 16, ({ week }) => week),
    column('verifier', 'text', 28, ({ verifierName }) => verifierName),
    column('evidence', 'text', 50, (report) => evidenceText(report, say)),
  ];
}
