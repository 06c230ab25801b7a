/** Buttons of exemplars: `dh:new`, `dh:n:<report>`, `dh:l:<offset>`, `dh:<number>:<verb>[:<version>]`. */

export const EXEMPLAR_NEW = 'dh:new';
export const nominateAction = (report: number): string => `dh:n:${report}`;
export const exemplarList = (offset: number): string => `dh:l:${offset}`;

const EXEMPLAR = {
  open: 'o',
  /** Shows the evidence, as far as the one who asks may see it. */
  evidence: 'v',
  /** The following name the version they were shown with: agree with the evidence, or without. */
  agree: 'y',
  agreeBare: 't',
  decline: 'd',
  approve: 'a',
  refuse: 'j',
  edit: 'e',
  /** Asks first, then does it. */
  withdraw: 'w',
  withdrawNow: 'g',
} as const;
export type ExemplarVerb = keyof typeof EXEMPLAR;

const VERBS = new Map(
  Object.entries(EXEMPLAR).map(([verb, letter]) => [letter, verb as ExemplarVerb]),
);

export const exemplarAction = (
  { id, version }: { readonly id: number; readonly version: number },
  verb: ExemplarVerb,
): string => `dh:${id}:${EXEMPLAR[verb]}:${version}`;

export type ExemplarPress =
  | { readonly kind: 'new' }
  | { readonly kind: 'nominate'; readonly report: number }
  | { readonly kind: 'list'; readonly offset: number }
  | {
      readonly kind: 'exemplar';
      readonly id: number;
      readonly verb: ExemplarVerb;
      readonly version: number;
    };

/** Null for anything that is no button of exemplars. */
export function parseExemplar(action: string): ExemplarPress | null {
  if (action === EXEMPLAR_NEW) return { kind: 'new' };
  const report = /^dh:n:(\d{1,9})$/.exec(action)?.[1];
  if (report !== undefined) return { kind: 'nominate', report: Number(report) };
  const offset = /^dh:l:(\d{1,6})$/.exec(action)?.[1];
  if (offset !== undefined) return { kind: 'list', offset: Number(offset) };
  const match = /^dh:(\d{1,9}):([a-z]):(\d{1,9})$/.exec(action);
  const verb = VERBS.get((match?.[2] ?? '') as (typeof EXEMPLAR)[ExemplarVerb]);
  return match && verb
    ? { kind: 'exemplar', id: Number(match[1]), verb, version: Number(match[3]) }
    : null;
}
