/** What the report flow's questions store. A change of a shape here needs a version and an upgrade. */
import { z } from 'zod';
import { lengthOf } from '../input.ts';

export const TITLE_MAX = 120;
export const DESCRIPTION_MAX = 500;
export const EVIDENCE_MAX = 10;
export const EVIDENCE_TEXT_MAX = 500;
export const CONTRIBUTORS_MAX = 9;

const upTo = (most: number) =>
  z
    .string()
    .min(1)
    .refine((text) => lengthOf(text) <= most);

export const Title = upTo(TITLE_MAX);
export const Description = upTo(DESCRIPTION_MAX);
export const Day = z.iso.date();

/** Name of the person who confirmed a report entered for somebody else. */
export const CONFIRMER_MAX = 100;
export const Confirmer = upTo(CONFIRMER_MAX);

const Piece = z.strictObject({
  /** Tells the pieces of one report apart while it is written. */
  n: z.number().int(),
  kind: z.enum(['document', 'link', 'media']),
  /** The link or the document's number; null for a file. */
  text: z.string().nullable(),
  mediaId: z.string().nullable(),
  name: z.string().nullable(),
  mime: z.string().nullable(),
  /** The message it came from. */
  source: z.string().nullable(),
});
export type Piece = z.infer<typeof Piece>;
export const Evidence = z.array(Piece).max(EVIDENCE_MAX);

const Contributor = z.strictObject({
  id: z.number().int(),
  name: z.string(),
  unitId: z.number().int(),
});
export type Contributor = z.infer<typeof Contributor>;
export const Contributors = z.array(Contributor).max(CONTRIBUTORS_MAX);

/** All answers of a finished report. */
export const ReportAnswers = z.object({
  item: z.string(),
  title: Title,
  describe: Description,
  date: Day,
  evidence: Evidence.default([]),
  contributors: Contributors.default([]),
  confirmer: Confirmer.optional(),
});
export type ReportAnswers = z.infer<typeof ReportAnswers>;
