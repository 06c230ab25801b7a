/** Buttons of verification: `ver:<report>:<version>:<letter>`. */
export const VERIFY = {
  verify: 'v',
  /** Signs a collective report of one's unit off. */
  sign: 's',
  return: 'r',
  reject: 'j',
  revoke: 'k',
  evidence: 'e',
  /** Shows the report anew, whatever its version. */
  open: 'o',
} as const;
export type VerifyVerb = keyof typeof VERIFY;

const VERBS = new Map(Object.entries(VERIFY).map(([verb, letter]) => [letter, verb as VerifyVerb]));

export const decideAction = (
  report: number,
  version: number,
  letter: (typeof VERIFY)[VerifyVerb],
): string => `ver:${report}:${version}:${letter}`;

export interface VerifyPress {
  readonly report: number;
  readonly version: number;
  readonly verb: VerifyVerb;
}

/** Null for anything that is no button of verification. */
export function parseVerify(action: string): VerifyPress | null {
  const match = /^ver:(\d{1,9}):(\d{1,9}):([a-z])$/.exec(action);
  const verb = VERBS.get((match?.[3] ?? '') as (typeof VERIFY)[VerifyVerb]);
  return match && verb ? { report: Number(match[1]), version: Number(match[2]), verb } : null;
}
