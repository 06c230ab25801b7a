import type { Adapter } from '../../src/chat/index.ts';

/** A person in a story, whatever platform they are on: what they do, step by step to the bot's answer. */

export interface ReportSteps {
  /** The item's button. */
  readonly item: string;
  readonly title: string;
  readonly description: string;
  /** As typed; today by the button when left out. */
  readonly date?: string;
  /** YYYY-MM-DD, for whoever picks it in a calendar and has no such button. */
  readonly today?: string;
  /** Each sent as a message of its own; bytes are a photo. */
  readonly evidence: readonly (string | Uint8Array)[];
  readonly coAuthors?: readonly string[];
}

/** Both have a button of this name. */
export type Refusal = 'Trả lại để bổ sung' | 'Không xác nhận';

export interface Colleague {
  readonly name: string;
  /** Enters with a personal code, agrees, and says yes, that is me. */
  enrol(code: string): Promise<void>;
  /**
   * Reports from the first question to the receipt.
   * @param twice called right after what may be delivered again
   * @returns the report's number
   */
  report(steps: ReportSteps, twice?: (step: 'title' | 'send') => void): Promise<number>;
  /** The platform delivers this person's last event once more. */
  redeliverLast(): void;
  /** Answers whether they took part in a colleague's report. */
  answerShare(report: number, answer: 'confirmed' | 'declined'): Promise<void>;
  verify(report: number): Promise<void>;
  refuse(report: number, how: Refusal, reason: string): Promise<void>;
  withdraw(report: number): Promise<void>;
  /** Changes the title of a returned report and sends it again. */
  amend(report: number, title: string): Promise<void>;
}

/** A unit's group or channel. */
export interface UnitRoom {
  /** What the bot said in it, threads included, oldest first. */
  posts(): readonly string[];
}

export interface Cast {
  readonly adapters: readonly Adapter[];
  colleague(name: string): Colleague;
  /** A new group to which this head adds the bot and links it to their unit. */
  room(unitName: string, head: Colleague): Promise<UnitRoom>;
  /** Resolves once everything people did has been taken by the bot. */
  taken(): Promise<void>;
  close(): Promise<void>;
}
