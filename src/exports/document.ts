/**
 * The final document of a unit or of the campaign, in the official layout (Decree 30/2020/NĐ-CP, Annex
 * I). It holds the bot's own figures, which feed the official forms and are no result of them: its
 * number, date of signing and signature are for whoever issues it.
 */
import { showDate, showDateLong } from '../messages/dates.ts';
import { unitName } from '../messages/report.ts';
import type { Say } from '../messages/say.ts';
import { annexes } from './annex.ts';
import { sections } from './document-sections.ts';
import {
  body,
  type DocPart,
  type LinePart,
  line,
  PORTRAIT_WIDTH,
  type RulePart,
  rule,
  SIZE,
  section,
  sideBySide,
} from './docx-parts.ts';
import type { FinalData } from './final-data.ts';
import { writeFile } from './write.ts';

/** The DOCX of these figures, in the language of `say`. */
export function finalDocument(data: FinalData, say: Say): Promise<Uint8Array> {
  const title = documentTitle(data, say);
  return writeFile({
    kind: 'document',
    plan: {
      title: `${say('doc-report')} ${title}`,
      creator: data.campaign.organisation[say.language],
      sections: [
        section([
          ...masthead(data, say),
          ...titleLines(title, data, say),
          ...sections(data, say),
          body(say('doc-closing'), { keepNext: true, after: 12 }),
          ...foot(data, say),
        ]),
        ...annexes(data, say, title),
      ],
    },
  });
}

/** What the document is about, as it is called in its title and annexes. */
const documentTitle = ({ campaign }: FinalData, say: Say): string =>
  say('doc-title', { campaign: campaign.name[say.language] });

const upper = (text: string): string => text.toLocaleUpperCase('vi');

const LEFT = 3900;
const RIGHT = PORTRAIT_WIDTH - LEFT;

/** A school that belongs to another body fills in what only it knows. */
const fills = ({ of }: FinalData): boolean => of?.bloc === 'political_school';

function masthead(data: FinalData, say: Say): DocPart[] {
  const { campaign, day, of } = data;
  const { superior, issuer, place } = campaign.document;
  const centred = { align: 'center', size: 24 } as const;
  return [
    sideBySide([
      {
        width: LEFT,
        children: [
          line(fills(data) ? say('doc-fill') : upper(superior), centred),
          line(upper(of ? unitName(say, of) : issuer), { ...centred, bold: true }),
          rule(1100, LEFT),
          line(say(of ? 'doc-number-unit' : 'doc-number'), { ...centred, size: 26, before: 4 }),
        ],
      },
      {
        width: RIGHT,
        children: [
          line(upper(say('doc-nation')), { ...centred, bold: true }),
          line(say('doc-nation-motto'), { ...centred, size: 26, bold: true }),
          rule(3100, RIGHT),
          line(
            say('doc-place-date', {
              place: fills(data) ? say('doc-fill') : place,
              date: showDateLong(day, say.language),
            }),
            { ...centred, size: 26, italics: true, before: 4 },
          ),
        ],
      },
    ]),
  ];
}

function titleLines(title: string, { period, of }: FinalData, say: Say): (LinePart | RulePart)[] {
  const { language } = say;
  const span = { from: showDate(period.from, language), to: showDate(period.to, language) };
  const centred = { align: 'center' } as const;
  return [
    line(upper(say('doc-report')), { ...centred, bold: true, before: 18 }),
    line(title, { ...centred, bold: true }),
    ...(of
      ? [line(say('doc-title-unit', { unit: unitName(say, of) }), { ...centred, bold: true })]
      : []),
    line(
      period.stage === null
        ? say('doc-title-campaign', span)
        : say('doc-title-stage', { ...span, stage: period.name[language] }),
      { ...centred, italics: true },
    ),
    rule(1900, PORTRAIT_WIDTH),
    line('', { after: 6, size: 12 }),
  ];
}

function foot(data: FinalData, say: Say): DocPart[] {
  const unit = data.of !== null;
  const small = { size: SIZE.small } as const;
  const recipients = say(unit ? 'doc-recipients-unit' : 'doc-recipients-list').split('\n');
  const signs = unit ? say('doc-head-signs') : data.campaign.document.signatory;
  return [
    sideBySide([
      {
        width: LEFT,
        children: [
          line(say('doc-recipients'), { size: SIZE.recipients, bold: true, italics: true }),
          ...recipients.map((text) => line(text, small)),
        ],
      },
      {
        width: RIGHT,
        children: [
          line(upper(signs), { align: 'center', bold: true }),
          // Room for the signature and the seal.
          line('', { before: 72 }),
        ],
      },
    ]),
  ];
}
