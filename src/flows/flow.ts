/**
 * A flow is data: questions by id, and what to do with the answers. The engine (`advance.ts`, pure)
 * gives every flow back, skip, cancel, save draft, resume, editing one answer from the summary,
 * progress and stale-button detection; no flow implements these itself.
 */
import type { z } from 'zod';
import type { Attachment, Block, Button, Message } from '../chat/index.ts';
import type { Decision } from '../engine/decision.ts';
import type { HandlerDeps } from '../engine/deps.ts';
import type { TurnContext } from '../engine/turn-context.ts';
import type { Say } from '../messages/say.ts';
import type { FlowState } from './state.ts';

/** What a person gave in answer to a question, already freed of the platform. */
export type Input =
  | { readonly kind: 'text'; readonly text: string; readonly source: string }
  | { readonly kind: 'choice'; readonly value: string }
  | {
      readonly kind: 'file';
      readonly file: Attachment;
      readonly mediaId: string;
      readonly caption: string;
      readonly source: string;
    };

/** Plain values by question id; absent when skipped or not asked. */
type Answers = Readonly<Record<string, unknown>>;

/** Everything a question may look at. `facts` is what the flow's own `facts` loaded for this turn. */
export interface QuestionContext<Facts> {
  readonly say: Say;
  readonly turn: TurnContext;
  readonly deps: Pick<HandlerDeps, 'campaign'>;
  readonly facts: Facts;
  readonly answers: Answers;
  readonly subject: string | null;
}

export interface Choice {
  readonly label: string;
  /** Comes back as `{kind: 'choice', value}`; short: the whole action is at most 64 bytes. */
  readonly value: string;
  readonly tone?: Button['tone'];
}

interface Prompt {
  readonly blocks: readonly Block[];
  readonly choices?: readonly (readonly Choice[])[];
}

/**
 * `answer` settles the question; `collect` makes `value` the question's whole value and stays (photos
 * until Done); `stay` keeps nothing and asks again, for choices that `facts` found for what was typed;
 * `refuse` says in one plain sentence what is wrong and what to do, and asks again.
 */
export type Parsed =
  | { readonly kind: 'answer'; readonly value: z.infer<z.ZodJSONSchema> }
  | { readonly kind: 'collect'; readonly value: z.infer<z.ZodJSONSchema>; readonly note: string }
  | { readonly kind: 'stay'; readonly note?: string }
  | { readonly kind: 'refuse'; readonly why: string };

export interface Question<Facts> {
  readonly id: string;
  /** Short name in the summary and on its edit button. */
  label(context: QuestionContext<Facts>): string;
  ask(context: QuestionContext<Facts>): Prompt;
  parse(input: Input, context: QuestionContext<Facts>): Parsed;
  /** The stored value's shape: checked on load and after upgrades. */
  readonly schema: z.ZodType;
  /** How the value reads in the summary. */
  show(value: unknown, context: QuestionContext<Facts>): string;
  /** Asked only when true; default always. */
  when?(context: QuestionContext<Facts>): boolean;
  /** May be skipped; default no. */
  optional?(context: QuestionContext<Facts>): boolean;
  /** Collects several inputs; Done ends it. */
  readonly collects?: boolean;
}

export interface Flow<Facts = unknown> {
  readonly id: string;
  /** Raised whenever a saved state of the previous version would not fit. */
  readonly version: number;
  /** `upgrades[n]` turns answers of version n into those of n + 1. Append only. */
  readonly upgrades: Readonly<
    Record<number, (answers: Record<string, unknown>) => Record<string, unknown>>
  >;
  readonly questions: readonly Question<Facts>[];
  /** Whether a draft of it is worth keeping when another flow or command takes over. */
  readonly keepsDrafts: boolean;
  /** False: done right after the last answer; true: a summary with send, edit, cancel first. */
  readonly summary: boolean;
  /** Title over the summary. */
  title(context: Pick<QuestionContext<Facts>, 'say' | 'subject'>): string;
  /**
   * Loads what this turn's question needs, e.g. a name search for what was typed. Called with the
   * input before it is parsed, and with null for the question (or `summary`) that is asked next.
   */
  facts(
    input: Input | null,
    state: FlowState,
    turn: TurnContext,
    deps: HandlerDeps,
  ): Promise<Facts>;
  /** Extra blocks over the summary's buttons, e.g. a likely duplicate. */
  review?(context: QuestionContext<Facts>): readonly Block[];
  /** All answers are there and the person pressed send: what happens. The engine ends the flow unless it is refused. */
  finish(context: QuestionContext<Facts>, state: FlowState, deps: HandlerDeps): Promise<Finish>;
}

export type Finish =
  | {
      readonly kind: 'done';
      readonly decision: Omit<Decision, 'state'>;
      /** The answer to the person; takes the place of the message whose button was pressed. */
      readonly reply?: Message;
    }
  /** Not now: the person is told why and stays at the question named (or the summary). */
  | { readonly kind: 'refuse'; readonly why: string; readonly asking: string };
