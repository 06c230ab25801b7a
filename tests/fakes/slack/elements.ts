/**
 * What Slack accepts inside a block (docs.slack.dev/reference/block-kit: block elements, composition
 * objects). Stricter than Slack: what no hand of `people.ts` can work with is refused, an `action_id`
 * must be given, and text that is only blanks is no text.
 */
import {
  among,
  type Check,
  flag,
  integer,
  isJson,
  jsons,
  list,
  object,
  string,
  typed,
  unique,
} from './checks.ts';
import type { Json } from './world.ts';

export const ID = string({ max: 255 });

const plain = (max: number): Readonly<Record<string, Check>> => ({
  plain_text: object({ text: string({ max }) }, { emoji: flag }),
});

/** Both kinds of text object, to be put among others. */
export const textKinds = (max: number): Readonly<Record<string, Check>> => ({
  ...plain(max),
  mrkdwn: object({ text: string({ max }) }, { verbatim: flag }),
});

export const plainText = (max: number): Check => typed(plain(max));
export const anyText = (max: number): Check => typed(textKinds(max));

const CONFIRM = object(
  { text: anyText(300) },
  {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: among('primary', 'danger'),
  },
);

export const BUTTON = object(
  { text: plainText(75), action_id: ID },
  {
    value: string({ max: 2000 }),
    url: string({ max: 3000, pattern: /^(https?|mailto):/ }),
    style: among('primary', 'danger'),
    accessibility_label: string({ max: 75 }),
    confirm: CONFIRM,
  },
);

/** "If both are provided then the payload will be rejected" (slack file object). */
const SLACK_FILE = object({}, { id: string(), url: string() }, (file) =>
  (file.id === undefined) === (file.url === undefined) ? 'needs either id or url' : null,
);

export const IMAGE = {
  image_url: string({ max: 3000, pattern: /^https?:/ }),
  slack_file: SLACK_FILE,
};

export const imageSource = (image: Json): string | null =>
  (image.image_url === undefined) === (image.slack_file === undefined)
    ? 'needs either image_url or slack_file'
    : null;

export const IMAGE_ELEMENT = object({ alt_text: string({ max: 2000 }) }, IMAGE, imageSource);

const FOCUS = { focus_on_load: flag };
const PLACEHOLDER = { placeholder: plainText(150) };

const PLAIN_TEXT_INPUT = object(
  { action_id: ID },
  {
    ...FOCUS,
    ...PLACEHOLDER,
    multiline: flag,
    min_length: integer(0, 3000),
    max_length: integer(1, 3000),
    initial_value: string({ max: 3000, blank: true }),
  },
  ({ initial_value, min_length, max_length }) => {
    const [least, most] = [Number(min_length ?? 0), Number(max_length ?? 3000)];
    if (least > most) return 'min_length must not be greater than max_length';
    if (typeof initial_value !== 'string') return null;
    const fits = initial_value.length >= least && initial_value.length <= most;
    return fits ? null : 'initial_value must be within min_length and max_length';
  },
);

const OPTION = object(
  { text: plainText(75), value: string({ max: 150 }) },
  { description: plainText(75) },
);

const same = (a: unknown, b: unknown): boolean => {
  if (isJson(a) && isJson(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => same(a[name], b[name]));
  }
  return a === b;
};

const STATIC_SELECT = object(
  {
    action_id: ID,
    options: (value, at, say) => {
      list(OPTION, 1, 100)(value, at, say);
      // Slack lets them be; then nobody can tell what was chosen.
      unique(
        jsons(value).map((option) => option.value),
        'value',
        at,
        say,
      );
    },
  },
  { ...FOCUS, ...PLACEHOLDER, initial_option: OPTION, confirm: CONFIRM },
  ({ initial_option, options }) =>
    initial_option === undefined || jsons(options).some((option) => same(option, initial_option))
      ? null
      : 'initial_option must be one of the options',
);

/** YYYY-MM-DD, and a day that exists. */
const date: Check = (value, at, say) => {
  const text = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : '';
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    say('must be a date of the form YYYY-MM-DD', at);
  }
};

const DATEPICKER = object(
  { action_id: ID },
  { ...FOCUS, ...PLACEHOLDER, initial_date: date, confirm: CONFIRM },
);

const FILE_INPUT = object(
  { action_id: ID },
  { filetypes: list(string({ pattern: /^[a-z0-9]+$/ }), 1), max_files: integer(1, 10) },
);

export const HOME_INPUTS = {
  plain_text_input: PLAIN_TEXT_INPUT,
  static_select: STATIC_SELECT,
  datepicker: DATEPICKER,
};

/** Files can be given in modals alone (file input element). */
export const MODAL_INPUTS = { ...HOME_INPUTS, file_input: FILE_INPUT };
