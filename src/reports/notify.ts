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
  | 'verified'
  | 'returned'
  | 'rejected'
  | 'revoked'
  | 'co-author-confirmed'
  | 'co-author-declined';

export type Role = 'author' | 'verifier' | 'co-author';

/**
 * `request`: a new message that asks for something; `notice`: a new message that tells; `update`: the
 * copy they already have changes in silence.
 */
export type Telling = 'request' | 'notice' | 'update';

export const TOLD: Readonly<Record<ReportEvent, Readonly<Record<Role, Telling | null>>>> = {
  submitted: { author: null, verifier: 'request', 'co-author': 'request' },
  amended: { author: null, verifier: 'update', 'co-author': 'update' },
  resubmitted: { author: null, verifier: 'request', 'co-author': 'update' },
  withdrawn: { author: null, verifier: 'update', 'co-author': 'update' },
  verified: { author: 'notice', verifier: 'update', 'co-author': 'notice' },
  returned: { author: 'notice', verifier: 'update', 'co-author': null },
  rejected: { author: 'notice', verifier: 'update', 'co-author': 'notice' },
  revoked: { author: 'notice', verifier: 'update', 'co-author': 'notice' },
  'co-author-confirmed': { author: null, verifier: 'update', 'co-author': null },
  'co-author-declined': { author: 'notice', verifier: 'update', 'co-author': null },
};

export interface Told {
  readonly personId: number;
  readonly role: Role;
  readonly telling: Telling;
}

/** The people of a report. Co-authors who declined are left out by the caller. */
export interface Parties {
  readonly author: number;
  readonly verifiers: readonly number[];
  readonly coAuthors: readonly number[];
}

/** Everyone to be told, without the actor; a person in two roles gets both requests but one notice. */
export function whoIsTold(event: ReportEvent, parties: Parties, actor: number): Told[] {
  const byRole: readonly (readonly [Role, readonly number[]])[] = [
    ['author', [parties.author]],
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
