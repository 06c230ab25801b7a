import { z } from 'zod';

/** It comes out of a jsonb column, so that looking for what is not JSON would only take time. */
const Json = z.custom<z.infer<z.ZodJSONSchema>>((value) => value !== undefined);

/** One answer: the parsed value as JSON (null: skipped), and the chat message it came from, when it came from one. */
export const Answer = z.strictObject({
  value: Json,
  /** `messageSource` of the message; editing that message edits the answer. */
  source: z.string().optional(),
  /** In that message it stands after a command, whose words are no part of it. */
  command: z.literal(true).optional(),
  /** The same for a question that collects: one per message collected. */
  sources: z.array(z.string()).optional(),
  /** Still collecting: Done has not been pressed. */
  open: z.literal(true).optional(),
});
export type Answer = z.infer<typeof Answer>;

/**
 * Where a flow stands. Questions are named by id, never by index, so that adding, removing or
 * reordering questions leaves saved states meaningful.
 */
export const FlowState = z.strictObject({
  flow: z.string().min(1),
  /** The flow's version that wrote this state; older ones are upgraded on load. */
  version: z.number().int().positive(),
  /** The question that waits for an answer, or `summary`. */
  asking: z.string().min(1),
  answers: z.record(z.string(), Answer),
  /** Rises with every question asked; buttons carry it, so that an old button is recognised. */
  step: z.number().int().nonnegative(),
  /** True while one answer is being changed from the summary: afterwards the summary comes back. */
  revising: z.boolean(),
  /** What the flow is about, e.g. the id of the report being amended or decided. */
  subject: z.string().nullable(),
  /** Albums already acknowledged in this step. */
  albums: z.array(z.string()),
  savedAt: z.iso.datetime({ offset: true }),
});
export type FlowState = z.infer<typeof FlowState>;

/** The whole conversation of one person (or of one account before enrolment). */
export const ConversationState = z.strictObject({
  active: FlowState.nullable(),
  /** Drafts put aside, latest first. */
  parked: z.array(FlowState),
});
export type ConversationState = z.infer<typeof ConversationState>;

/** Most drafts kept beside the active flow; a further one pushes the oldest out, and the person is told. */
export const MAX_PARKED = 5;

export const emptyConversation: ConversationState = { active: null, parked: [] };
