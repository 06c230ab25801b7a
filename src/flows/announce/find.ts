/** Whom an announcement may be for, looked up. */
import { z } from 'zod';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { Addressees } from '../../people/addressees.ts';
import { findUnits } from '../find-units.ts';
import type { Input } from '../flow.ts';

/** As an answer keeps it. */
export const asAnswer = (to: Addressees): z.infer<z.ZodJSONSchema> => z.json().parse(to);

/** Each comparison group of today's units, in order. */
export async function groupChoices(
  today: string,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<Addressees[]> {
  const { by } = campaign.comparison;
  if (by.length === 0) return [];
  const all = (await reads.unitTraits(today)).map((unit) =>
    Addressees.parse({
      scope: 'group',
      ...Object.fromEntries(by.map((trait) => [trait, unit[trait]])),
    }),
  );
  const once = new Map(all.map((group) => [JSON.stringify(group), group]));
  return [...once.values()];
}

/** Units for a name or code that was typed, or the one whose button was pressed. */
export async function unitHits(
  input: Input,
  today: string,
  deps: Pick<HandlerDeps, 'reads'>,
): Promise<readonly UnitView[] | null> {
  if (input.kind === 'choice') {
    const id = /^u(\d{1,9})$/.exec(input.value)?.[1];
    return id === undefined ? null : deps.reads.units([Number(id)]);
  }
  return input.kind === 'text' ? findUnits(input.text, today, deps) : null;
}
