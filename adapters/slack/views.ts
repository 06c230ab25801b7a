import type { types } from '@slack/bolt';
import { z } from 'zod';
import {
  type Attachment,
  type Block,
  type Form,
  type FormField,
  type FormValues,
  type Message,
  sendable,
  shortened,
} from '../../src/chat/index.ts';
import { attachmentOf } from './attachment.ts';
import { type Piece, paragraph, piecesOf } from './blocks.ts';
import { buttonPieces } from './buttons.ts';
import { LIMITS } from './limits.ts';
import { plainRich } from './rich.ts';
import { plain } from './text.ts';

/** The adapter's own few words, each at most 24 characters. */
export interface ViewWords {
  /** Title of a modal whose own title is longer, or that has none. */
  readonly title: string;
  /** Closes a modal that asks nothing. */
  readonly close: string;
}

/** Names the modals that are forms. */
export const FORM_CALLBACK = 'form';
/** Every input of a form; its block has the field's name. */
const VALUE_ACTION = 'value';

const Metadata = z.object({ form: z.string().min(1), direct: z.string().min(1) });

/**
 * A form as a modal. `direct` is the person's private chat, which Slack does not tell when the modal
 * is sent.
 * @throws RangeError when it asks for more than a modal holds: the form's `otherwise` is said instead.
 */
export function formView(form: Form, direct: string, words: ViewWords): types.ModalView {
  const fits = form.title.length <= LIMITS.modalTitleChars;
  const heading: Block[] = fits ? [] : [{ kind: 'heading', text: form.title }];
  const blocks = [...viewBlocks([...heading, ...form.blocks]), ...form.fields.flatMap(fieldBlocks)];
  const metadata = JSON.stringify({ form: form.id, direct } satisfies z.infer<typeof Metadata>);
  if (metadata.length > LIMITS.metadataChars) throw new RangeError('the form has too long a name');
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: plain(fits ? form.title : words.title),
    submit: plain(form.submit),
    close: plain(form.cancel),
    blocks: within(blocks),
  };
}

/** A small modal that says one sentence. */
export function noticeView(text: string, words: ViewWords): types.ModalView {
  return {
    type: 'modal',
    title: plain(words.title),
    close: plain(words.close),
    blocks: paragraph(plainRich(text)).map(({ block }) => block),
  };
}

/**
 * A person's own page. Pictures are told by their descriptions.
 * @throws RangeError when it is longer than Slack shows.
 */
export function homeView(message: Message): types.HomeView {
  const blocks = viewBlocks(message.blocks);
  const text = blocks.length > 0 ? blocks : viewBlocks([{ kind: 'text', text: [message.notice] }]);
  const buttons = buttonPieces(message.buttons ?? []).map(({ block }) => block);
  return { type: 'home', blocks: within([...text, ...buttons]) };
}

const viewBlocks = (blocks: readonly Block[]): types.KnownBlock[] =>
  blocks.flatMap(viewPieces).map(({ block }) => block);

function viewPieces(block: Block): Piece[] {
  if (block.kind === 'image') return paragraph(plainRich(block.alt));
  if (block.kind === 'file') return paragraph(plainRich(block.media.name));
  return piecesOf(block, 'view');
}

/** A view cannot go on elsewhere, so one that is too long first does without its gaps. */
function within(blocks: types.KnownBlock[]): types.KnownBlock[] {
  if (blocks.length <= LIMITS.viewBlocks) return blocks;
  const dense = joined(blocks);
  if (dense.length <= LIMITS.viewBlocks) return dense;
  throw new RangeError(
    `a view of ${dense.length} blocks, of which Slack shows ${LIMITS.viewBlocks}`,
  );
}

/** Neighbours that are text, and neighbours that are buttons, as one block. */
function joined(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  const result: types.KnownBlock[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    const both = last && joinTwo(last, block);
    if (both) result[result.length - 1] = both;
    else result.push(block);
  }
  return result;
}

function joinTwo(a: types.KnownBlock, b: types.KnownBlock): types.KnownBlock | null {
  if (a.type === 'rich_text' && b.type === 'rich_text') {
    const elements = [...a.elements, ...b.elements];
    return richChars(elements) <= LIMITS.textChars ? { type: 'rich_text', elements } : null;
  }
  if (a.type === 'actions' && b.type === 'actions') {
    const elements = [...a.elements, ...b.elements];
    return elements.length <= LIMITS.buttonsPerRow ? { type: 'actions', elements } : null;
  }
  return null;
}

/** An upper bound: the JSON of the elements is longer than their text. */
const richChars = (elements: readonly types.RichTextBlockElement[]): number =>
  JSON.stringify(elements).length;

/** One question; words too long for its label or small print stand above it in full. */
function fieldBlocks(field: FormField): types.KnownBlock[] {
  const above: types.KnownBlock[] = [];
  const short = (text: string): types.PlainTextElement => {
    const sent = sendable(text);
    if (sent.length > LIMITS.labelChars)
      above.push(...paragraph(plainRich(sent)).map(({ block }) => block));
    return plain(shortened(sent, LIMITS.labelChars));
  };
  const label = short(field.label);
  const hint = field.hint === undefined ? {} : { hint: short(field.hint) };
  const block: types.InputBlock = {
    type: 'input',
    block_id: field.id,
    label,
    ...hint,
    optional: field.optional,
    element: elementOf(field),
  };
  return [...above, block];
}

function elementOf(field: FormField): types.InputBlock['element'] {
  const action_id = VALUE_ACTION;
  switch (field.kind) {
    case 'text': {
      const max_length = Math.min(field.maxChars, LIMITS.inputChars);
      const value = sendable(field.value ?? '');
      if (value.length > max_length) {
        throw new RangeError(`the answer to ${field.id} is longer than an input of Slack holds`);
      }
      const { multiline } = field;
      const initial = value === '' ? {} : { initial_value: value };
      return { type: 'plain_text_input', action_id, multiline, max_length, ...initial };
    }
    case 'choice': {
      const options = field.options.map(({ label, value }) => ({
        text: plain(sendable(label)),
        value,
      }));
      const chosen = options.find(({ value }) => value === field.value);
      const initial = chosen === undefined ? {} : { initial_option: chosen };
      return { type: 'static_select', action_id, options, ...initial };
    }
    case 'date': {
      const initial = field.value === undefined ? {} : { initial_date: field.value };
      return { type: 'datepicker', action_id, ...initial };
    }
    case 'files':
      return { type: 'file_input', action_id, max_files: Math.min(field.most, LIMITS.files) };
  }
}

/** Which form a modal was, and whose private chat its sender has; null when it is none of ours. */
export function readMetadata(text: string): { form: string; direct: string } | null {
  try {
    return Metadata.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The parts of `view.state` that a form's inputs fill (view_submission payload). */
const State = z.object({
  values: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        value: z.string().nullish(),
        selected_date: z.string().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
        files: z.array(z.unknown()).nullish(),
      }),
    ),
  ),
});

/** The answers of a modal made by `formView`; what was left empty is absent. @throws on another shape. */
export function readValues(state: unknown): FormValues {
  const values: FormValues = {};
  for (const [field, actions] of Object.entries(State.parse(state).values)) {
    const given = actions[VALUE_ACTION];
    if (!given) continue;
    if (given.files) {
      const files = given.files.map(attachmentOf).filter((file): file is Attachment => !!file);
      if (files.length > 0) values[field] = files;
      continue;
    }
    const text = (given.value ?? given.selected_date ?? given.selected_option?.value ?? '').trim();
    if (text !== '') values[field] = text;
  }
  return values;
}
