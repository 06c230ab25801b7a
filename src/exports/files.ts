/** The files of a final document: which there are, what they are called, their bytes. */
import type { Say } from '../messages/say.ts';
import { fold } from '../people/fold.ts';
import { ANNEX_MOST } from './annex.ts';
import { finalDocument } from './document.ts';
import type { FinalData } from './final-data.ts';
import { finalWorkbook } from './final-workbook.ts';

/** `document`: the report, with its workbook where its own annex cannot hold all; `workbook`: that alone. */
export type FinalKind = 'document' | 'workbook';

export interface ExportFile {
  /** ASCII: some programs still garble anything else. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const plain = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** E.g. `vien-triet-hoc-so-ket`: whose figures and of which time. */
const fileStem = ({ of, period }: FinalData, say: Say): string =>
  [
    plain(of?.code ?? say('export-name-campaign')),
    plain(period.stage ?? say('export-name-whole')),
  ].join('-');

export async function finalFiles(
  kind: FinalKind,
  data: FinalData,
  say: Say,
): Promise<ExportFile[]> {
  const stem = fileStem(data, say);
  const workbook = async (): Promise<ExportFile> => ({
    name: `${plain(say('export-name-workbook'))}-${stem}.xlsx`,
    mime: XLSX,
    bytes: await finalWorkbook(data, say),
  });
  if (kind === 'workbook') return [await workbook()];
  const document: ExportFile = {
    name: `${plain(say('export-name-document'))}-${stem}.docx`,
    mime: DOCX,
    bytes: await finalDocument(data, say),
  };
  return data.reports.length > ANNEX_MOST ? [document, await workbook()] : [document];
}
