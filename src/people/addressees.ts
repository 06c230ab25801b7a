/** Whom an announcement is for: a circle of people, or the units' groups. */
import { z } from 'zod';

const KINDS = ['research_teaching', 'support'] as const;
const BLOCS = ['academy', 'political_school'] as const;

/**
 * everybody: whoever belongs to a unit or has a role; leaders: heads and deputies; rooms: the groups
 * linked to units; group: the units that agree in what is given, as a comparison group does; unit: its
 * people and those of the units under it.
 */
export const Addressees = z.discriminatedUnion('scope', [
  z.strictObject({
    scope: z.enum(['everybody', 'staff', 'students', 'leaders', 'reporters', 'rooms']),
  }),
  z.strictObject({ scope: z.literal('bloc'), bloc: z.enum(BLOCS) }),
  z.strictObject({
    scope: z.literal('group'),
    kind: z.enum(KINDS).optional(),
    bloc: z.enum(BLOCS).optional(),
    /** Null: units in no cluster. */
    cluster: z.string().nullable().optional(),
  }),
  z.strictObject({
    scope: z.literal('unit'),
    unitId: z.number().int().positive(),
    nameVi: z.string(),
    nameEn: z.string(),
  }),
]);
export type Addressees = z.infer<typeof Addressees>;
