/** Rich text and tables (docs.slack.dev/reference/block-kit/blocks: rich text block, table block). */
import {
  among,
  type Check,
  flag,
  integer,
  jsons,
  list,
  object,
  type Say,
  string,
  typed,
} from './checks.ts';

const STYLE = object({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag });
const style = { style: STYLE };

const TEXT = object({ text: string({ blank: true }) }, style);
const LINK = object(
  { url: string({ max: 3000, pattern: /^(https?:\/\/|mailto:)\S+$/i }) },
  { ...style, text: string({ blank: true }), unsafe: flag },
);

const INLINE = typed({
  text: TEXT,
  link: LINK,
  user: object({ user_id: string({ pattern: /^[UW][A-Z0-9]+$/ }) }, style),
  channel: object({ channel_id: string({ pattern: /^[CG][A-Z0-9]+$/ }) }, style),
  usergroup: object({ usergroup_id: string({ pattern: /^S[A-Z0-9]+$/ }) }, style),
  broadcast: object({ range: among('here', 'channel', 'everyone') }, style),
  emoji: object({ name: string() }, { ...style, unicode: string() }),
  date: object(
    { timestamp: integer(0, Number.MAX_SAFE_INTEGER), format: string() },
    { ...style, url: string(), fallback: string() },
  ),
});

const border = { border: among(0, 1) };
const SECTION = object({ elements: list(INLINE, 1) });

/** Properties of a rich text block. */
export const RICH_TEXT = {
  elements: list(
    typed({
      rich_text_section: SECTION,
      rich_text_list: object(
        {
          style: among('bullet', 'ordered'),
          elements: list(typed({ rich_text_section: SECTION }), 1),
        },
        { ...border, indent: integer(0, 8), offset: integer(0, Number.MAX_SAFE_INTEGER) },
      ),
      rich_text_quote: object({ elements: list(INLINE, 1) }, border),
      rich_text_preformatted: object(
        { elements: list(typed({ text: TEXT, link: LINK }), 1) },
        border,
      ),
    }),
    1,
  ),
};

const CELL = typed({
  raw_text: object({ text: string({ blank: true }) }),
  rich_text: object(RICH_TEXT),
});

const rows: Check = (value, at, say) => {
  list(list(CELL, 1, 20), 1, 100)(value, at, say);
  sameLength(value, at, say);
};

/** Slack says so of data tables only; a table with ragged rows is a fault of ours in any case. */
function sameLength(value: unknown, at: string, say: Say): void {
  const lengths = new Set(Array.isArray(value) ? value.map((row) => jsons(row).length) : []);
  if (lengths.size > 1) say('all rows must have the same number of cells', at);
}

/** Properties of a table block, and those it may be without. */
export const TABLE = { rows };
export const TABLE_OPTIONS = {
  column_settings: list(
    object({}, { align: among('left', 'center', 'right'), is_wrapped: flag }),
    1,
    20,
  ),
};
