/** Whom an announcement is for. */
import type { HandlerDeps } from '../../engine/deps.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { addresseesName } from '../../messages/announce/office.ts';
import { unitName } from '../../messages/report.ts';
import { Addressees } from '../../people/addressees.ts';
import { fold } from '../../people/fold.ts';
import { UNIT_NAME, UNITS_SHOWN } from '../find-units.ts';
import type { Given, Input, Parsed, Question } from '../flow.ts';
import { unchangedOr } from '../form-field.ts';
import { type AnnounceFacts, type Context, kindOf } from './facts.ts';
import { asAnswer, unitHits } from './find.ts';

const SCOPES = ['everybody', 'staff', 'students', 'leaders', 'reporters'] as const;
const BLOCS = ['academy', 'political_school'] as const;

const unitAddressees = ({ id, nameVi, nameEn }: UnitView): Addressees => ({
  scope: 'unit',
  unitId: id,
  nameVi,
  nameEn,
});

/** The circle a button or option stands for; null for what is none now. Events are for people, not for groups. */
function chosen(value: string, context: Context): Addressees | null {
  if (value === 'rooms') return kindOf(context) === 'event' ? null : { scope: 'rooms' };
  const scope = SCOPES.find((each) => each === value);
  if (scope) return { scope };
  const bloc = BLOCS.find((each) => `b:${each}` === value);
  if (bloc) return { scope: 'bloc', bloc };
  const group = /^g(\d{1,3})$/.exec(value)?.[1];
  return group === undefined ? null : (context.facts.groups[Number(group)] ?? null);
}

/** Every choice but a single unit. */
function choices(context: Context): { label: string; value: string }[] {
  const { say, facts, deps } = context;
  const label = (to: Addressees): string => addresseesName(say, to, deps.campaign);
  return [
    ...SCOPES.map((scope) => ({ label: label({ scope }), value: scope })),
    ...BLOCS.map((bloc) => ({ label: label({ scope: 'bloc', bloc }), value: `b:${bloc}` })),
    ...facts.groups.map((group, i) => ({ label: label(group), value: `g${i}` })),
    ...(kindOf(context) === 'event' ? [] : [{ label: label({ scope: 'rooms' }), value: 'rooms' }]),
  ];
}

function parse(input: Input, context: Context): Parsed {
  const { say, facts } = context;
  if (input.kind === 'file') return { kind: 'refuse', why: say('announce-to-words') };
  if (input.kind === 'choice') {
    const [unit] = facts.units ?? [];
    const value = unit ? unitAddressees(unit) : chosen(input.value, context);
    return value
      ? { kind: 'answer', value: asAnswer(value) }
      : { kind: 'refuse', why: say('announce-to-gone') };
  }
  const found = facts.units ?? [];
  if (found.length === 0) return { kind: 'refuse', why: say('announce-to-none') };
  const [only] = found;
  if (only && found.length === 1) return { kind: 'answer', value: asAnswer(unitAddressees(only)) };
  return {
    kind: 'stay',
    note: say(found.length > UNITS_SHOWN ? 'announce-to-many' : 'announce-to-choose'),
  };
}

/** In a form: an option, or a unit's name or code, which then must mean exactly one. */
async function readForm(given: Given, context: Context, deps: HandlerDeps) {
  const { say } = context;
  const refuse = (id: string, why: string) => ({ kind: 'refuse' as const, errors: { [id]: why } });
  const { unit: typed, to } = given;
  if (typeof typed === 'string') {
    const input: Input = { kind: 'text', text: typed, source: '' };
    const found = (await unitHits(input, context.facts.today, deps)) ?? [];
    const exact = found.filter((each) =>
      [each.nameVi, each.nameEn, each.code].some((name) => fold(name) === fold(typed)),
    );
    const [only, ...others] = exact.length > 0 ? exact : found;
    if (!only) return refuse('unit', say('announce-to-none'));
    if (others.length > 0) {
      const names = [only, ...others].slice(0, UNITS_SHOWN).map((each) => unitName(say, each));
      return refuse('unit', say('announce-to-which', { names: names.join('; ') }));
    }
    return { kind: 'answer' as const, answer: { value: asAnswer(unitAddressees(only)) } };
  }
  const value = typeof to === 'string' ? chosen(to, context) : null;
  return value
    ? { kind: 'answer' as const, answer: { value: asAnswer(value) } }
    : refuse('to', say('announce-to-required'));
}

export const addresseesQuestion: Question<AnnounceFacts> = {
  id: 'to',
  schema: Addressees,
  label: ({ say }) => say('announce-to'),
  ask(context) {
    const { say, facts } = context;
    const units = (facts.units ?? []).slice(0, UNITS_SHOWN);
    return {
      blocks: [{ kind: 'text', text: [say('announce-to-ask')] }],
      choices:
        units.length > 0
          ? units.map((unit) => [{ label: unitName(say, unit), value: `u${unit.id}` }])
          : choices(context).map((choice) => [choice]),
    };
  },
  parse,
  show: (value, { say, deps }) => addresseesName(say, Addressees.parse(value), deps.campaign),
  form: {
    fields(context) {
      const { say, answers, deps } = context;
      const options = choices(context);
      const before = Addressees.safeParse(answers.to);
      const name = before.success ? addresseesName(say, before.data, deps.campaign) : null;
      const value = options.find(({ label }) => label === name)?.value;
      return [
        {
          kind: 'choice',
          id: 'to',
          label: say('announce-to'),
          optional: true,
          options: options.map((option) => ({
            ...option,
            label: [...option.label].slice(0, 75).join(''),
          })),
          ...(value !== undefined && { value }),
        },
        {
          kind: 'text',
          id: 'unit',
          label: say('announce-to-unit'),
          hint: say('announce-to-unit-hint'),
          optional: true,
          multiline: false,
          maxChars: UNIT_NAME.most,
          ...(before.success &&
            before.data.scope === 'unit' && { value: unitName(say, before.data) }),
        },
      ];
    },
    async read(given, context, { before, deps }) {
      const read = await readForm(given, context, deps);
      return read.kind === 'answer'
        ? { kind: 'answer', answer: unchangedOr(before, read.answer) }
        : read;
    },
  },
};
