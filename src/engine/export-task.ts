/** What is written for the documents somebody asked for in chat: made after the turn, sent in private. */
import { z } from 'zod';
import { Address } from '../chat/index.ts';
import { LANGUAGES } from '../messages/language.ts';

export const EXPORT_TASK = 'export';

export const ExportTask = z.strictObject({
  what: z.enum(['document', 'workbook']),
  /** Null: the whole campaign. */
  unitId: z.int().nullable(),
  /** Null: the whole campaign. */
  stage: z.string().nullable(),
  to: Address,
  personId: z.int(),
  language: z.enum(LANGUAGES),
});
export type ExportTask = z.infer<typeof ExportTask>;
