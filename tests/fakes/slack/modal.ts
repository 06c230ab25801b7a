import { isJson, jsons } from './checks.ts';
import { fileJson } from './json.ts';
import { closedPayload, submissionPayload, type Values } from './payloads.ts';
import { jsonOf, plainText, shownBlocks, textOf } from './shown.ts';
import type { Stage } from './stage.ts';
import { checkView } from './views.ts';
import type { DeliveryResult, Json, Modal, StoredFile, User, World } from './world.ts';

interface ShownField {
  /** `block_id`. */
  readonly id: string;
  readonly label: string;
  readonly hint: string | null;
  readonly kind: 'text' | 'choice' | 'date' | 'files';
  /** As it stands in the field: typed text, the chosen option's label, YYYY-MM-DD, names of files. */
  readonly value: string;
  /** Labels; empty where nothing is chosen from. */
  readonly options: readonly string[];
  readonly optional: boolean;
  readonly error: string | null;
}

interface ShownModal {
  readonly title: string;
  /** Everything that is no field, line by line. */
  readonly text: string;
  readonly fields: readonly ShownField[];
  readonly submit: string | null;
  /** Slack's own word where the app gave none. */
  readonly close: string;
}

/**
 * What became of a submission. `incomplete`: Slack's client did not send it, for the errors it shows.
 * `failed`: the app did not answer in time; the modal stays and Slack says that it had trouble
 * connecting. An answer that Slack does not understand throws: that is never meant.
 */
type Submission = 'incomplete' | 'failed' | 'errors' | 'updated' | 'pushed' | 'closed';

export interface FakeModal {
  readonly shown: ShownModal;
  /** By `block_id`. */
  readonly errors: Readonly<Record<string, string>>;
  readonly privateMetadata: string;
  /** Types into a field of text, or picks a date; by its label or id. */
  fill(field: string, value: string): void;
  /** Adds a file. */
  attach(field: string, file: { bytes: Uint8Array; name: string; mime: string }): void;
  /** Chooses an option by its label; null: none again. */
  pick(field: string, option: string | null): void;
  submit(): Promise<Submission>;
  close(): void;
}

/** Bytes (file input element: "There is a 10MB file size limit"). */
const FILE_BYTES = 10 * 1024 * 1024;

/** Slack's words where something is missing. */
const REQUIRED = 'Please complete this required field.';

/** What was put into one input: by the element's type only one of them is used. */
interface Entry {
  readonly actionId: string;
  text?: string;
  option?: Json | null;
  files?: StoredFile[];
}

const KINDS: Readonly<Record<string, ShownField['kind']>> = {
  plain_text_input: 'text',
  static_select: 'choice',
  datepicker: 'date',
  file_input: 'files',
};

/** Entries outlive the view they were made in, as with Slack: a new one with the same ids keeps them. */
const ENTRIES = new WeakMap<Modal, Map<string, Entry>>();

function entriesOf(modal: Modal): Map<string, Entry> {
  const known = ENTRIES.get(modal) ?? new Map<string, Entry>();
  ENTRIES.set(modal, known);
  return known;
}

interface Input {
  readonly id: string;
  readonly block: Json;
  readonly element: Json;
  readonly actionId: string;
  /** Null where nothing was entered and the initial value stands. */
  readonly entry: Entry | null;
}

function inputsOf(modal: Modal): Input[] {
  return jsons(modal.view.blocks)
    .filter(({ type }) => type === 'input')
    .map((block) => {
      const id = textOf(block.block_id);
      const element = jsonOf(block.element);
      const actionId = textOf(element.action_id);
      const entry = entriesOf(modal).get(id);
      return { id, block, element, actionId, entry: entry?.actionId === actionId ? entry : null };
    });
}

const textIn = ({ element, entry }: Input): string =>
  entry?.text ?? textOf(element.initial_value ?? element.initial_date);
const optionIn = ({ element, entry }: Input): Json | null =>
  entry?.option === undefined ? (jsons([element.initial_option])[0] ?? null) : entry.option;
const filesIn = ({ entry }: Input): StoredFile[] => entry?.files ?? [];

function valueIn(input: Input): string {
  switch (input.element.type) {
    case 'static_select':
      return plainText(optionIn(input)?.text);
    case 'file_input':
      return filesIn(input)
        .map(({ name }) => name)
        .join(', ');
    default:
      return textIn(input);
  }
}

/** `view.state.values` of one input; what is empty is null (view_submission payload). */
function stateOf(world: World, input: Input): Values[string][string] {
  const type = textOf(input.element.type);
  if (type === 'static_select') {
    const option = optionIn(input);
    const text = { type: 'plain_text' as const, text: plainText(option?.text), emoji: true };
    return { type, selected_option: option && { text, value: textOf(option.value) } };
  }
  if (type === 'datepicker') return { type, selected_date: textIn(input) || null };
  if (type === 'file_input') {
    const files = filesIn(input).map((file) => fileJson(world, file));
    // The SDK's type has fields that are of no use to anybody here.
    return { type, files: files as unknown as NonNullable<Values[string][string]['files']> };
  }
  return { type, value: textIn(input) || null };
}

/** What Slack's client finds wrong before it sends anything. */
function missing(input: Input): string | null {
  const value = valueIn(input);
  if (value === '') return input.block.optional === true ? null : REQUIRED;
  const { max_length, min_length } = input.element;
  if (typeof max_length === 'number' && value.length > max_length) {
    return `Please use no more than ${max_length} characters.`;
  }
  if (typeof min_length === 'number' && value.length < min_length) {
    return `Please use at least ${min_length} characters.`;
  }
  return null;
}

/** `acting` is called before something is sent to the app. */
export function createModal(stage: Stage, user: User, modal: Modal, acting: () => void): FakeModal {
  const { world } = stage;

  function input(field: string, kind: ShownField['kind']): Input {
    if (modal.closed) throw new Error('the modal is closed');
    const found = inputsOf(modal).find(
      ({ id, block }) => id === field || plainText(block.label) === field,
    );
    if (!found) throw new Error(`the modal has no field "${field}"`);
    if (KINDS[textOf(found.element.type)] !== kind) throw new Error(`"${field}" is no such field`);
    return found;
  }

  function enter({ id, actionId, entry }: Input, what: Omit<Entry, 'actionId'>): void {
    entriesOf(modal).set(id, { ...entry, ...what, actionId });
  }

  function field(one: Input): ShownField {
    const { id, block, element } = one;
    return {
      id,
      label: plainText(block.label),
      hint: block.hint === undefined ? null : plainText(block.hint),
      kind: KINDS[textOf(element.type)] ?? 'text',
      value: valueIn(one),
      options: jsons(element.options).map((option) => plainText(option.text)),
      optional: block.optional === true,
      error: modal.errors[id] ?? null,
    };
  }

  /** Closes this view, or with `all` the whole stack. */
  function leave(all: boolean): void {
    const stack = world.openModals(user.id);
    for (const open of all ? stack : [modal]) open.closed = true;
  }

  /** @throws when the app answers something that Slack does not know. */
  function follow(result: DeliveryResult): Submission {
    if (!result.acknowledged) return 'failed';
    const { body } = result;
    if (body === null || (isJson(body) && Object.keys(body).length === 0)) {
      leave(false);
      return 'closed';
    }
    const { response_action, ...rest } = jsonOf(body);
    switch (response_action) {
      case 'clear':
        leave(true);
        return 'closed';
      case 'update':
        checkView(rest.view, 'modal');
        world.replaceModal(modal, rest.view);
        return 'updated';
      case 'push':
        checkView(rest.view, 'modal');
        world.openModal(user.id, rest.view, modal);
        return 'pushed';
      case 'errors':
        modal.errors = checkedErrors(rest.errors);
        return 'errors';
      default:
        throw new Error(`no answer to a submission: ${JSON.stringify(body)}`);
    }
  }

  function checkedErrors(errors: unknown): Record<string, string> {
    const ids = new Set(inputsOf(modal).map(({ id }) => id));
    const entries = Object.entries(jsonOf(errors));
    const bad = entries.filter(([id, text]) => !ids.has(id) || textOf(text).trim() === '');
    if (entries.length === 0 || bad.length > 0) {
      throw new Error(`errors that belong to no field: ${JSON.stringify(errors)}`);
    }
    return Object.fromEntries(entries.map(([id, text]) => [id, textOf(text)]));
  }

  return {
    get shown() {
      const { view } = modal;
      return {
        title: plainText(view.title),
        text: shownBlocks(world, jsons(view.blocks)).text,
        fields: inputsOf(modal).map(field),
        submit: view.submit === undefined ? null : plainText(view.submit),
        close: view.close === undefined ? 'Cancel' : plainText(view.close),
      };
    },
    get errors() {
      return modal.errors;
    },
    get privateMetadata() {
      return textOf(modal.view.private_metadata);
    },
    fill(name, value) {
      const isDate = inputsOf(modal).some(
        ({ id, block, element }) =>
          (id === name || plainText(block.label) === name) && element.type === 'datepicker',
      );
      if (isDate && !/^(\d{4}-\d\d-\d\d)?$/.test(value)) throw new Error(`${value} is no date`);
      enter(input(name, isDate ? 'date' : 'text'), { text: value });
    },
    attach(name, { bytes, name: fileName, mime }) {
      const target = input(name, 'files');
      const { max_files = 10, filetypes } = target.element;
      if (filesIn(target).length >= Number(max_files)) throw new Error('no more files fit');
      if (bytes.length > FILE_BYTES) throw new Error('the file is larger than 10 MB');
      const ending = fileName.split('.').at(-1)?.toLowerCase();
      if (Array.isArray(filetypes) && !filetypes.includes(ending)) {
        throw new Error(`files of the kind ${ending} are not taken`);
      }
      const file = world.keepFile(user.id, fileName, mime, bytes);
      enter(target, { files: [...filesIn(target), file] });
    },
    pick(name, option) {
      const target = input(name, 'choice');
      const found = jsons(target.element.options).find(({ text }) => plainText(text) === option);
      if (option !== null && !found) throw new Error(`"${name}" has no option "${option}"`);
      enter(target, { option: found ?? null });
    },
    async submit() {
      if (modal.closed) throw new Error('the modal is closed');
      if (modal.view.submit === undefined) throw new Error('the modal has nothing to send');
      const inputs = inputsOf(modal);
      const wrong = inputs.map((one) => [one.id, missing(one)] as const);
      const found = wrong.filter((entry): entry is [string, string] => entry[1] !== null);
      modal.errors = Object.fromEntries(found);
      if (found.length > 0) return 'incomplete';
      acting();
      for (const file of inputs.flatMap(filesIn)) file.givenToApp = true;
      const values = Object.fromEntries(
        inputs.map((one) => [one.id, { [one.actionId]: stateOf(world, one) }]),
      );
      const payload = submissionPayload(world, user, modal, values);
      return follow(await stage.emit({ kind: 'interactive', payload: { ...payload } }));
    },
    close() {
      if (modal.closed) throw new Error('the modal is closed already');
      const cleared = modal.view.clear_on_close === true;
      leave(cleared);
      if (modal.view.notify_on_close !== true) return;
      const payload = closedPayload(world, user, modal, cleared);
      void stage.emit({ kind: 'interactive', payload: { ...payload } });
    },
  };
}
