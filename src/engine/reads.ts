/**
 * What decisions may ask the database. Implemented in `src/db/reads/`, one file a feature; nothing
 * here writes. Reads happen outside the commit's transaction: what is decided on them is guarded by
 * the versions the decision names in its writes.
 */
import type { Address, Identity, MessageRef } from '../chat/index.ts';
import type { DigestReads } from '../digests/source.ts';
import type { Language } from '../messages/language.ts';
import type { Handled } from '../people/verifiers.ts';
import type { PastTotals, UnitStanding, UnitWeek } from '../standings/types.ts';
import type { AnnouncementReads } from './announcement-reads.ts';
import type { ExemplarReads } from './exemplar-reads.ts';
import type { FilingReads } from './filing-reads.ts';
import type { HolderReads } from './holder-reads.ts';
import type { LateReads } from './late-reads.ts';
import type { OfficeReads } from './office-reads.ts';
import type { OverviewReads } from './overview-reads.ts';
import type { OwnStandingReads } from './own-standing-reads.ts';
import type { PledgeReads } from './pledge-reads.ts';
import type { RoleReads } from './role-reads.ts';
import type { TicketReads } from './ticket-reads.ts';
import type { PersonView, Recipient, UnitView } from './turn-context.ts';

export type ReportStatus =
  | 'submitted'
  | 'verified'
  | 'returned'
  | 'rejected'
  | 'withdrawn'
  | 'revoked';

/** personal: a person's own work; collective: a unit's. */
export type ReportKind = 'personal' | 'collective';

export interface EvidenceView {
  readonly id: number;
  /** confirmation: the name of a person who confirmed it, where its author uses no platform. */
  readonly kind: 'document' | 'link' | 'media' | 'confirmation';
  readonly text: string | null;
  readonly mediaId: string | null;
  readonly name: string | null;
  readonly mime: string | null;
  /** Null while the bytes are still being fetched. */
  readonly sha256: string | null;
  /** Why the platform did not hand it out. */
  readonly failure: string | null;
}

export interface ContributorView {
  readonly personId: number;
  readonly name: string;
  readonly unitId: number;
  readonly answer: 'waiting' | 'confirmed' | 'declined';
}

/** A report with everything needed to show it, decide on it or amend it. */
export interface ReportView {
  readonly id: number;
  readonly kind: ReportKind;
  readonly item: string;
  /** Whose work it is; of a collective report, who filed it. */
  readonly author: { readonly id: number; readonly name: string };
  /** Who entered it for its author; null: the author did. */
  readonly filedBy: { readonly id: number; readonly name: string } | null;
  /** Who signed a collective report off; null: nobody yet, or it is personal. */
  readonly signedBy: { readonly id: number; readonly name: string } | null;
  readonly signedAt: string | null;
  readonly unit: UnitView;
  readonly title: string;
  readonly description: string;
  /** ISO date. */
  readonly doneOn: string;
  readonly status: ReportStatus;
  readonly version: number;
  /** ISO date of the Monday of the week it counts in. */
  readonly week: string;
  readonly submittedAt: string;
  readonly decidedAt: string | null;
  readonly decidedBy: { readonly id: number; readonly name: string } | null;
  readonly reason: string | null;
  readonly sources: Readonly<Record<string, string>>;
  readonly evidence: readonly EvidenceView[];
  readonly contributors: readonly ContributorView[];
}

export interface ReportLine {
  readonly id: number;
  readonly item: string;
  readonly title: string;
  readonly doneOn: string;
  readonly status: ReportStatus;
  readonly submittedAt: string;
  readonly authorName: string;
  /** Whose work a collective report is, and whether it is signed off; null: a person's own. */
  readonly collective: {
    readonly unit: Pick<UnitView, 'nameVi' | 'nameEn'>;
    readonly signed: boolean;
  } | null;
}

/** What waits for a person's own answer: the oldest of each kind, and how many there are in all. */
export interface AwaitedView {
  /** Their reports that were returned. */
  readonly returned: {
    readonly total: number;
    readonly lines: readonly {
      readonly id: number;
      readonly title: string;
      readonly reason: string;
    }[];
  };
  /** Reports of others in which they have not said whether they shared the work. */
  readonly shares: {
    readonly total: number;
    readonly lines: readonly {
      readonly id: number;
      readonly title: string;
      readonly authorName: string;
    }[];
  };
}

/** Whether an account may become this person's, as it was when it was read. */
export interface Claimable {
  readonly id: number;
  readonly name: string;
  /** Has an account already, on any platform, reachable or not. */
  readonly taken: boolean;
  /** Version of the person's conversation, 0 before there is one: whoever links an account guards on it. */
  readonly conversation: number;
}

export interface InviteView {
  readonly code: string;
  readonly expired: boolean;
  readonly used: boolean;
  /** Made by the person from an account of their own, to add a second one. */
  readonly own: boolean;
  readonly person: (Claimable & { readonly unit: UnitView | null }) | null;
  readonly unit: UnitView | null;
}

/** A person found by name. `exact` when the marks agree too, not only the letters. */
export interface PersonHit extends Claimable {
  readonly unit: UnitView;
  readonly exact: boolean;
}

export interface EnrolmentRequestView {
  readonly id: number;
  readonly version: number;
  readonly status: 'waiting' | 'confirmed' | 'refused';
  readonly identity: Identity;
  readonly displayName: string;
  readonly address: Address;
  readonly language: 'vi' | 'en';
  readonly person: Claimable;
  readonly unit: UnitView;
  readonly decidedByName: string | null;
}

/** An account of a person. */
export interface AccountView {
  readonly identity: Identity;
  /** The account's own name on its platform. */
  readonly displayName: string;
  /** Since when it may be used: the instant it agreed to the notice. */
  readonly since: string;
  /** Its private chat; null while nothing can be sent there. */
  readonly address: Address | null;
}

/** A person's accounts, the one used last first, and where messages go. */
export interface AccountsView {
  readonly accounts: readonly AccountView[];
  /** The platform chosen; null: where the person was last. */
  readonly preferred: string | null;
}

export interface Reads
  extends AnnouncementReads,
    DigestReads,
    ExemplarReads,
    FilingReads,
    HolderReads,
    LateReads,
    OfficeReads,
    OverviewReads,
    PledgeReads,
    RoleReads,
    TicketReads,
    OwnStandingReads {
  /** The next report number; numbers may have gaps. */
  nextReportNumber(): Promise<number>;
  report(id: number): Promise<ReportView | null>;
  /**
   * A person's reports, latest first: their own work (default), of their unit, or entered for others.
   */
  reportsOf(
    personId: number,
    page: { limit: number; offset: number },
    part?: 'own' | 'unit' | 'for',
  ): Promise<{ total: number; lines: ReportLine[] }>;
  /** The report one of whose answers came from this chat message of its author, or of who entered it. */
  reportBySource(
    personId: number,
    messageId: string,
  ): Promise<{ report: ReportView; answer: string } | null>;
  /**
   * The author's own report of this item that waits, is returned or is verified, of work done within
   * these days (both inclusive), other than `except`.
   */
  standingReport(
    authorId: number,
    item: string,
    within: { readonly from: string; readonly to: string },
    except: number | null,
  ): Promise<number | null>;
  /** Reports like this one: same item and the same document number or link, or the same folded title and day; any author, newest first, at most five; withdrawn, rejected and revoked ones left out. */
  similarReports(candidate: {
    item: string;
    authorId: number;
    title: string;
    doneOn: string;
    evidence: readonly string[];
    except: number | null;
  }): Promise<ReportLine[]>;
  /** Submitted reports this person may decide, oldest first; `toSign` of them wait for a signature. */
  queueFor(
    personId: number,
    on: string,
    limit: number,
  ): Promise<{ total: number; toSign: number; lines: ReportLine[] }>;
  /**
   * Who may decide a report of this author in this unit on this day, or sign it off: see
   * `people/verifiers.ts` for the rule. `handled` is a person's own report where it is left out.
   */
  verifiersOf(
    unitId: number,
    authorId: number,
    on: string,
    handled?: Handled,
  ): Promise<Recipient[]>;
  recipients(personIds: readonly number[]): Promise<Recipient[]>;
  /** Whose account it is and the language chosen, by the person or before enrolment; null when it is not known. */
  accountOf(
    identity: Identity,
  ): Promise<{ readonly personId: number | null; readonly language: Language | null } | null>;
  /** At most `limit` of each kind. */
  awaitedOf(personId: number, limit: number): Promise<AwaitedView>;
  /**
   * The chats in which messages about this subject were or will be posted, with whom they were for. A
   * chat with an account that is no longer that person's is left out: it learns nothing more.
   */
  copiesOf(subject: string): Promise<{ address: Address; personId: number | null }[]>;
  /**
   * An invite by its code, as typed. An office's expires at the beginning of a campaign day (`on`),
   * a person's own at an instant (`now`, ISO).
   */
  invite(code: string, on: string, now: string): Promise<InviteView | null>;
  /** People by name, folded; exact marks first; `unitId` null searches everywhere. At most `limit`. */
  findPeople(
    query: string,
    within: { unitId: number | null; on: string; limit: number },
  ): Promise<PersonHit[]>;
  /** People whose roster phone is this number. */
  peopleByPhone(phone: string, on: string): Promise<PersonHit[]>;
  /** The person of a unit whose roster e-mail is this one, in lower case. */
  personByEmail(email: string, on: string): Promise<PersonHit | null>;
  /** The person of a unit who has this staff code, as typed. */
  personByCode(code: string, on: string): Promise<PersonHit | null>;
  accountsOf(personId: number): Promise<AccountsView>;
  person(id: number, on: string): Promise<PersonView | null>;
  /** The next number of an enrolment request; numbers may have gaps. */
  nextEnrolmentNumber(): Promise<number>;
  enrolmentRequest(id: number): Promise<EnrolmentRequestView | null>;
  openEnrolmentRequest(identity: Identity): Promise<EnrolmentRequestView | null>;
  /** Requests that wait, oldest first, in these units or (null) in all of them. */
  enrolmentQueue(unitIds: readonly number[] | null): Promise<EnrolmentRequestView[]>;
  unitByCode(code: string, on: string): Promise<UnitView | null>;
  /** Units by folded name or code, for someone who links a group. */
  findUnits(query: string, on: string, limit: number): Promise<UnitView[]>;
  units(ids: readonly number[]): Promise<UnitView[]>;
  /** What a campaign's standings of one week are computed from. */
  unitWeek(week: string, campaign: string): Promise<UnitWeek>;
  /** The unit standings of a week as they were last recorded; empty when they never were. */
  recordedWeek(week: string, campaign: string): Promise<UnitStanding[]>;
  /** Sums over the weeks recorded from one (else the first) until before another; people only of the unit named. */
  pastTotals(
    before: string,
    campaign: string,
    unitId: number | null,
    from?: string,
  ): Promise<PastTotals>;
  /** Media by id, for showing evidence. */
  evidenceOf(reportId: number): Promise<EvidenceView[]>;
  /** Where a message about `subject` was posted in this chat, if it has been: its last page, which has the buttons. */
  postedAt(subject: string, at: Address): Promise<MessageRef | null>;
}
