/** Buttons of the flow engine: `q:<step>:<verb>[:<value>]`, and `q:resume:<step>` for a draft. */

const LETTERS = {
  choose: 'c',
  back: 'b',
  skip: 's',
  keep: 'k',
  done: 'd',
  edit: 'e',
  send: 'ok',
  park: 'p',
  cancel: 'x',
} as const;
export type Verb = keyof typeof LETTERS;

const VERBS = new Map(Object.entries(LETTERS).map(([verb, letter]) => [letter, verb as Verb]));

export const pressAction = (step: number, verb: Verb, value?: string): string =>
  `q:${step}:${LETTERS[verb]}${value === undefined ? '' : `:${value}`}`;

/** A draft is known by its last step, which no other state of the conversation shares. */
export const resumeAction = (step: number): string => `q:resume:${step}`;

export type FlowPress =
  | { readonly kind: 'press'; readonly step: number; readonly verb: Verb; readonly value: string }
  | { readonly kind: 'resume'; readonly step: number };

/** Null for anything that is not a button of the engine. */
export function parsePress(action: string): FlowPress | null {
  const resume = /^q:resume:(\d{1,9})$/.exec(action);
  if (resume) return { kind: 'resume', step: Number(resume[1]) };
  const match = /^q:(\d{1,9}):([a-z]{1,2})(?::([\s\S]*))?$/.exec(action);
  const verb = VERBS.get((match?.[2] ?? '') as (typeof LETTERS)[Verb]);
  if (!match || !verb) return null;
  return { kind: 'press', step: Number(match[1]), verb, value: match[3] ?? '' };
}
