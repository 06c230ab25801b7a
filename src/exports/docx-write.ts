/** Writes a planned document as DOCX. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import {
  A4,
  type DocPart,
  type DocPlan,
  type DocSection,
  type GridPart,
  LANDSCAPE,
  type LineLook,
  type LinePart,
  line,
  PORTRAIT,
  type RulePart,
  SIZE,
  type SidePart,
  twips,
} from './docx-parts.ts';

const FONT = 'Times New Roman';
const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  both: AlignmentType.BOTH,
} as const;

export async function writeDocument(plan: DocPlan): Promise<Uint8Array> {
  const file = new Document({
    title: plan.title,
    creator: plan.creator,
    styles: { default: { document: { run: { font: FONT, size: SIZE.body } } } },
    sections: plan.sections.map(sectionOf),
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

function sectionOf({ wide, children }: DocSection): ISectionOptions {
  const margins = wide ? LANDSCAPE : PORTRAIT;
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: 26 })],
  });
  return {
    headers: { default: new Header({ children: [number] }), first: new Header({ children: [] }) },
    properties: {
      titlePage: true,
      page: {
        size: {
          width: twips(A4.width),
          height: twips(A4.height),
          orientation: wide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(margins.top),
          bottom: twips(margins.bottom),
          left: twips(margins.left),
          right: twips(margins.right),
          header: twips(10),
        },
        pageNumbers: { start: 1 },
      },
    },
    children: children.map(partOf),
  };
}

function partOf(part: DocPart): Paragraph | Table {
  switch (part.kind) {
    case 'line':
      return paragraph(part);
    case 'rule':
      return ruler(part);
    case 'grid':
      return grid(part);
    case 'side':
      return sides(part);
  }
}

function paragraph({ runs, look }: LinePart): Paragraph {
  const { size = SIZE.body, align = 'left', bold, italics, before = 0, after = 0 } = look;
  return new Paragraph({
    alignment: ALIGN[align],
    spacing: { before: before * 20, after: after * 20 },
    ...(look.indent && { indent: { firstLine: twips(10) } }),
    ...(look.keepNext && { keepNext: true }),
    children: runs.map(
      (run) =>
        new TextRun({
          text: run.text,
          size,
          font: FONT,
          bold: run.bold ?? bold ?? false,
          italics: run.italics ?? italics ?? false,
        }),
    ),
  });
}

function ruler({ length, within }: RulePart): Paragraph {
  const side = (within - length) / 2;
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    indent: { left: side, right: side },
    spacing: { before: 20, after: 0, line: 120 },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [new TextRun({ text: '', size: 4 })],
  });
}

function grid({ columns, rows, width, size }: GridPart): Table {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / shares));
  const cells = (texts: readonly string[], look: LineLook = {}) =>
    texts.map((text, at) =>
      gridCell(text, widths[at] ?? 0, { size, align: columns[at]?.align ?? 'left', ...look }),
    );
  const titles = columns.map(({ title }) => title);
  return new Table({
    width: { size: width, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: cells(titles, { bold: true, align: 'center' }),
      }),
      ...rows.map((row) =>
        'over' in row
          ? new TableRow({
              cantSplit: true,
              keepNext: true,
              children: [
                gridCell(row.over, width, { size, bold: true, italics: true }, columns.length),
              ],
            })
          : new TableRow({ cantSplit: true, children: cells(row) }),
      ),
    ],
  });
}

const gridCell = (text: string, width: number, look: LineLook, span = 1): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 30, bottom: 30, left: 70, right: 70 },
    ...(span > 1 && { columnSpan: span }),
    children: [paragraph(line(text, look))],
  });

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_SIDES = { top: NONE, bottom: NONE, left: NONE, right: NONE } as const;

const sides = ({ parts }: SidePart): Table =>
  new Table({
    width: { size: parts.reduce((sum, { width }) => sum + width, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: parts.map(({ width }) => width),
    borders: { ...NO_SIDES, insideHorizontal: NONE, insideVertical: NONE },
    rows: [
      new TableRow({
        cantSplit: true,
        children: parts.map(
          ({ width, children }) =>
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              margins: { top: 0, bottom: 0, left: 0, right: 0 },
              borders: NO_SIDES,
              children: children.map((part) =>
                part.kind === 'line' ? paragraph(part) : ruler(part),
              ),
            }),
        ),
      }),
    ],
  });
