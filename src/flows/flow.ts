/**
 * A flow is data: questions by id, and what to do with the answers. The engine (`advance.ts`, pure)
 * gives every flow back, skip, cancel, save draft, resume, editing one answer from the summary,
 * progress and stale-button detection; no flow implements these itself.
 */
import type { z } from 'zod';
import type { Attachment, Block, Button, FormField, Message } from '../chat/index.ts';
import type { Decision } from '../engine/decision.ts';
import type { HandlerDeps } from '../engine/deps.ts';
import type { TurnContext } from '../engine/turn-context.ts';
import type { Say } from '../messages/say.ts';
import type { Answer, FlowState } from './state.ts';

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

export interface GivenFile {
  readonly file: Attachment;
  /** Id of the media row that keeps it. */
  readonly mediaId: string;
}
/** Answers of a form by field id: text cleaned and never blank, files named; absent when left empty. */
export type Given = Readonly<Record<string, string | readonly GivenFile[]>>;

export type FormRead =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** By field id, one plain sentence each. */
  | { readonly kind: 'refuse'; readonly errors: Readonly<Record<string, string>> };

/** How a question appears among others in a form. */
export interface QuestionForm<Facts> {
  /** With the value so far in them; ids are unique in the flow. */
  fields(context: QuestionContext<Facts>): readonly FormField[];
  /**
   * Refuses what `parse` refuses. `context.answers` holds what the questions before it read; `before`
   * is the answer the form was opened with, kept as it is (with the message it came from) when
   * nothing about it changed.
   */
  read(
    given: Given,
    context: QuestionContext<Facts>,
    more: { readonly before: Answer | undefined; readonly deps: HandlerDeps },
  ): FormRead | Promise<FormRead>;
}

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
  readonly form?: QuestionForm<Facts>;
}

/** What a form that comes back was about, looked up anew. */
export interface Recalled {
  readonly subject: string | null;
  /** The answers it was opened with, as they are now. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** One sentence when these are not the same any more: then the summary is shown instead of sending. */
  readonly changed: string | null;
}

/** A flow that may open as a form: every question of it has a `form` too. */
export interface FlowForm<Facts> {
  /** Said above the fields. */
  blocks(context: QuestionContext<Facts>): readonly Block[];
  /** Said in the chat when the window could not be opened: what to do instead. */
  otherwise(context: QuestionContext<Facts>): string;
  /** What `recall` finds it by: at most 150 characters. It comes back with the answers and is not trusted. */
  key(context: QuestionContext<Facts>): string;
  /** Null when the key is not one of this person's: nothing is done then. */
  recall(key: string, turn: TurnContext, deps: HandlerDeps): Promise<Recalled | null>;
  /**
   * One sentence why the person has to see the summary before it is done; null when not. `key` is the
   * one of the form, whose `blocks` may have said it already.
   */
  doubt?(context: QuestionContext<Facts>, key: string): string | null;
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
  /** The question whose answer tells a draft from others; else the first words typed do. */
  readonly named?: string;
  /** False: done right after the last answer; true: a summary with send, edit, cancel first. */
  readonly summary: boolean;
  /** Absent: asked in the chat only. */
  readonly form?: FlowForm<Facts>;
  /** Title over the summary and the form. */
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
