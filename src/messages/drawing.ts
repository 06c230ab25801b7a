/**
 * A picture before it is drawn: its words and proportions, as plain data, so that it can wait in a
 * task. What it says is decided in `pictures.ts`; `src/pictures` draws it and knows nothing else.
 */
import { z } from 'zod';

/** A share of a whole, 0 to 1: the length of a bar, the height of a point. */
const Share = z.number().min(0).max(1);

/** Against the period before. `by`: how much, as said. */
const Change = z.strictObject({ way: z.enum(['up', 'down', 'same']), by: z.string() });

const Bar = z.strictObject({
  /** Its place, as said; null: it has none. */
  rank: z.string().nullable(),
  label: z.string(),
  value: z.string(),
  share: Share,
  change: Change.nullable(),
  /** The reader's own: it stands out. */
  own: z.boolean(),
  /** Others were left out before it. */
  gap: z.boolean(),
});

const Part = z.discriminatedUnion('kind', [
  /** A few figures side by side. */
  z.strictObject({
    kind: z.literal('facts'),
    facts: z
      .array(z.strictObject({ label: z.string(), value: z.string(), change: Change.nullable() }))
      .min(1),
  }),
  z.strictObject({
    kind: z.literal('bars'),
    heading: z.string().nullable(),
    /** What the figures are, e.g. points. */
    unit: z.string().nullable(),
    bars: z.array(Bar),
    /** Said under them, e.g. how many are left out. */
    more: z.string().nullable(),
  }),
  /** A line through the points, from left to right. */
  z.strictObject({
    kind: z.literal('trend'),
    heading: z.string(),
    points: z.array(z.strictObject({ label: z.string(), value: z.string(), share: Share })).min(1),
  }),
  z.strictObject({
    kind: z.literal('list'),
    heading: z.string(),
    items: z.array(z.string()).min(1),
  }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
]);

export const Drawing = z.strictObject({
  /** Says what is to be seen, for those who cannot see it. */
  alt: z.string().min(1),
  title: z.string(),
  /** Lines under the title. */
  lead: z.array(z.string()),
  parts: z.array(Part),
  /** Small print at the bottom. */
  foot: z.array(z.string()),
});

export type Drawing = z.infer<typeof Drawing>;
export type DrawnPart = z.infer<typeof Part>;
export type DrawnBar = z.infer<typeof Bar>;
export type DrawnChange = z.infer<typeof Change>;
