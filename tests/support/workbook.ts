/** A workbook as its reader opens it. */
import readXlsxFile from 'read-excel-file/node';

/** Everything in its cells, sheet by sheet. */
export async function sheetsOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const sheets = await readXlsxFile(Buffer.from(bytes));
  return new Map(
    sheets.map(({ sheet, data }) => [sheet, data.map((row) => row.join(' | ')).join('\n')]),
  );
}
