/**
 * What Slack refuses in a list of blocks. Figures: docs.slack.dev/reference/block-kit and the types of
 * the SDK. Stricter than Slack where that can only find faults of ours: block types the bot has no use
 * for are unknown, input blocks stand in views only, and every button's `action_id` is its own.
 */
import {
  type Check,
  complaints,
  flag,
  isJson,
  jsons,
  list,
  object,
  string,
  typed,
  unique,
} from './checks.ts';
import {
  anyText,
  BUTTON,
  HOME_INPUTS,
  ID,
  IMAGE,
  IMAGE_ELEMENT,
  imageSource,
  MODAL_INPUTS,
  plainText,
  textKinds,
} from './elements.ts';
import { because, SlackError } from './errors.ts';
import { RICH_TEXT, TABLE, TABLE_OPTIONS } from './rich.ts';
import type { Json } from './world.ts';

export type Surface = 'message' | 'modal' | 'home';

const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

/** Characters of all blocks of a message. Undocumented; seen from about 13,000 on (slackapi/bolt-js#2509). */
const MESSAGE_CHARS = 12_000;

/** Characters of all cells together (table block). */
const TABLE_CHARS = 10_000;

const MARKDOWN_CHARS = 12_000;

/** With a `block_id` like every block. */
const block = (...[required, optional, also]: Parameters<typeof object>): Check =>
  object(required, { ...optional, block_id: ID }, also);

const COMMON: Readonly<Record<string, Check>> = {
  divider: block({}),
  header: block({ text: plainText(150) }),
  section: block(
    {},
    {
      text: anyText(3000),
      fields: list(anyText(2000), 1, 10),
      accessory: typed({ button: BUTTON, image: IMAGE_ELEMENT }),
      expand: flag,
    },
    ({ text, fields }) =>
      text === undefined && fields === undefined ? 'needs either text or fields' : null,
  ),
  context: block({ elements: list(typed({ ...textKinds(2000), image: IMAGE_ELEMENT }), 1, 10) }),
  actions: block({ elements: list(typed({ button: BUTTON }), 1, 25) }),
  image: block(
    { alt_text: string({ max: 2000 }) },
    { ...IMAGE, title: plainText(2000) },
    imageSource,
  ),
  rich_text: block(RICH_TEXT),
};

const input = (elements: Readonly<Record<string, Check>>): Check =>
  block(
    { label: plainText(2000), element: typed(elements) },
    { hint: plainText(2000), optional: flag, dispatch_action: flag },
  );

const BLOCK: Readonly<Record<Surface, Check>> = {
  message: typed({
    ...COMMON,
    table: block(TABLE, TABLE_OPTIONS),
    markdown: block({ text: string({ max: MARKDOWN_CHARS }) }),
  }),
  modal: typed({ ...COMMON, input: input(MODAL_INPUTS) }),
  home: typed({ ...COMMON, input: input(HOME_INPUTS) }),
};

/** Buttons of a list of blocks, in the order they are shown. */
const buttonsOf = (blocks: readonly Json[]): Json[] =>
  blocks
    .flatMap((one) => [...jsons(one.elements), ...jsons([one.accessory])])
    .filter((element) => element.type === 'button');

/** Characters a reader sees, of all blocks or a part of one: whatever stands under `text` or is a label. */
export function charsOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + charsOf(each), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce((sum, [name, inner]) => {
    if (typeof inner !== 'string') return sum + charsOf(inner);
    return name === 'text' || (name === 'url' && value.text === undefined)
      ? sum + inner.length
      : sum;
  }, 0);
}

const whole =
  (surface: Surface): Check =>
  (value, at, say) => {
    list(BLOCK[surface], 1, MOST_BLOCKS[surface])(value, at, say);
    const blocks = jsons(value);
    unique(
      blocks.map((one) => one.block_id),
      'block_id',
      at,
      say,
    );
    unique(
      buttonsOf(blocks).map((button) => button.action_id),
      'action_id',
      at,
      say,
    );
    const focused = blocks.filter((b) => isJson(b.element) && b.element.focus_on_load === true);
    if (focused.length > 1) say('focus_on_load may be true once', at);
    const tables = blocks.filter((one) => one.type === 'table');
    if (tables.length > 1) say('only_one_table_allowed', at);
    if (charsOf(tables) > TABLE_CHARS) say(`no more than ${TABLE_CHARS} characters in cells`, at);
  };

/** Everything wrong with the blocks, each with its place; empty when Slack takes them. */
export const blockComplaints = (blocks: unknown, surface: Surface, at = '/blocks'): string[] =>
  complaints(whole(surface), blocks, at);

/**
 * The blocks of a message.
 * @throws SlackError as Slack answers: `invalid_blocks_format`, `invalid_blocks` with the reasons, or
 * `msg_blocks_too_long`.
 */
export function checkMessageBlocks(blocks: unknown): asserts blocks is readonly Json[] {
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  const reasons = blockComplaints(blocks, 'message');
  if (reasons.length > 0) throw because('invalid_blocks', reasons);
  if (charsOf(blocks) > MESSAGE_CHARS) throw new SlackError('msg_blocks_too_long');
}

/** Ids of the files that blocks show, with where they do. */
export const slackFilesOf = (
  blocks: readonly Json[],
  at = '/blocks',
): { id: string; at: string }[] =>
  blocks.flatMap((one, i) => {
    const inner = [...jsons(one.elements), ...jsons([one.accessory])];
    return [one, ...inner].flatMap(({ slack_file }) =>
      isJson(slack_file) && typeof slack_file.id === 'string'
        ? [{ id: slack_file.id, at: `${at}/${i}/slack_file` }]
        : [],
    );
  });
