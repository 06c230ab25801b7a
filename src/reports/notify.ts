/**
 * Who is told of what: one table. The person who acts is never told by it (their answer is the
 * reply), and nobody gets two notices of one event.
 */
export type ReportEvent =
  | 'submitted'
  /** Changed while it waited for its first decision. */
  | 'amended'
  /** Sent again after it was returned, or changed after it was verified. */
  | 'resubmitted'
  | 'withdrawn'
  /** A collective report, by its unit's head or deputy. */
  | 'signed'
  | 'verified'
  | 'returned'
  | 'rejected'
  | 'revoked'
  | 'co-author-confirmed'
  | 'co-author-declined';

/**
 * filer: who entered it for its author; signer: who signed a collective report off; verifier: who is
 * or was asked to decide on it, by signing or verifying.
 */
export type Role = 'author' | 'filer' | 'signer' | 'verifier' | 'co-author';

/**
 * `request`: a new message that asks for something; `notice`: a new message that tells; `update`: the
 * copy they already have changes in silence.
 */
export type Telling = 'request' | 'notice' | 'update';

const NOBODY: Readonly<Record<Role, Telling | null>> = {
  author: null,
  filer: null,
  signer: null,
  verifier: null,
  'co-author': null,
};
/** Those whose report it is hear of every decision on it. */
const DECIDED = { ...NOBODY, author: 'notice', filer: 'notice', verifier: 'update' } as const;

export const TOLD: Readonly<Record<ReportEvent, Readonly<Record<Role, Telling | null>>>> = {
  submitted: { ...NOBODY, verifier: 'request', 'co-author': 'request' },
  amended: { ...NOBODY, verifier: 'update', 'co-author': 'update' },
  // Author and filer hear of what the other one does with their report.
  resubmitted: {
    ...NOBODY,
    author: 'notice',
    filer: 'notice',
    verifier: 'request',
    'co-author': 'update',
  },
  withdrawn: {
    ...NOBODY,
    author: 'notice',
    filer: 'notice',
    verifier: 'update',
    'co-author': 'update',
  },
  signed: { ...NOBODY, author: 'notice', verifier: 'request' },
  verified: { ...DECIDED, signer: 'notice', 'co-author': 'notice' },
  returned: { ...DECIDED, signer: 'notice' },
  rejected: { ...DECIDED, signer: 'notice', 'co-author': 'notice' },
  revoked: { ...DECIDED, signer: 'notice', 'co-author': 'notice' },
  'co-author-confirmed': { ...NOBODY, verifier: 'update' },
  'co-author-declined': { ...NOBODY, author: 'notice', filer: 'notice', verifier: 'update' },
};

export interface Told {
  readonly personId: number;
  readonly role: Role;
  readonly telling: Telling;
}

/** The people of a report. Co-authors who declined are left out by the caller. */
export interface Parties {
  readonly author: number;
  readonly filer?: number | null;
  readonly signer?: number | null;
  readonly verifiers: readonly number[];
  readonly coAuthors: readonly number[];
}

const one = (personId: number | null | undefined): number[] =>
  personId === null || personId === undefined ? [] : [personId];

/** Everyone to be told, without the actor; a person in two roles gets both requests but one notice. */
export function whoIsTold(event: ReportEvent, parties: Parties, actor: number): Told[] {
  const byRole: readonly (readonly [Role, readonly number[]])[] = [
    ['author', [parties.author]],
    ['filer', one(parties.filer)],
    ['signer', one(parties.signer)],
    ['verifier', parties.verifiers],
    ['co-author', parties.coAuthors],
  ];
  const noticed = new Set<number>();
  return byRole.flatMap(([role, people]) =>
    [...new Set(people)].flatMap((personId): Told[] => {
      const telling = TOLD[event][role];
      if (telling === null || personId === actor) return [];
      if (telling === 'notice') {
        if (noticed.has(personId)) return [];
        noticed.add(personId);
      }
      return [{ personId, role, telling }];
    }),
  );
}

/** Under which key the messages that ask verifiers are remembered, so that every copy can change. */
export const verifierSubject = (reportId: number): string => `report:${reportId}`;

/** The same for the messages that ask co-authors. */
export const coAuthorSubject = (reportId: number): string => `report:${reportId}:co`;
