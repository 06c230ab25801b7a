import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Campaign, JOBS } from './types.ts';

/** Short enough for a button's 64 bytes, and safe in keys. */
const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, {
  error: 'not an id; use at most 32 of a-z, 0-9, dot, dash and underscore',
});
const day = z.iso.date({ error: 'not a date; write it as "2024-03-01"' });
const text = z.string().trim().min(1, { error: 'empty; write the text' });
const inBoth = z.strictObject({ vi: text, en: text });
const points = z.number().nonnegative().multipleOf(0.01, {
  error: 'points have at most two decimals; round it',
});

const item = z.strictObject({
  id,
  audience: z.enum(['collective_research_teaching', 'collective_support', 'staff', 'student']),
  planRef: text,
  label: inBoth,
  example: inBoth,
  mode: z.enum(['count', 'status', 'conduct']),
  weight: points,
  weeklyCap: points.nullable(),
  evidence: z.strictObject({
    kinds: z.array(z.enum(['E1', 'E2', 'E3', 'E4', 'E5'])).min(1),
    required: z.boolean(),
  }),
});

const schedule = z.strictObject({
  id,
  job: z.enum(JOBS),
  weekday: z.union([z.number().int().min(1).max(7), z.literal('daily')], {
    error: 'not a weekday; write 1 (Monday) to 7 (Sunday), or "daily"',
  }),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
    error: 'not a time of day; write it as "08:00"',
  }),
  graceHours: z.number().positive().max(168),
});

function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** The campaign file's shape, and the rules that hold between its values. */
export const CampaignFile = z
  .strictObject({
    code: id,
    name: inBoth,
    motto: inBoth,
    organisation: inBoth,
    period: z.strictObject({ from: day, to: day }),
    traditionDay: day.nullable(),
    zone: z.string().refine(isZone, {
      error: 'not a time zone; use an IANA name such as "Asia/Ho_Chi_Minh"',
    }),
    items: z.array(item).min(1),
    comparison: z.strictObject({
      by: z.array(z.enum(['kind', 'bloc', 'cluster'])),
      shrinkage: z.number().nonnegative(),
      smallUnit: z.number().int().nonnegative(),
      collectiveFactor: z.number().nonnegative().multipleOf(0.01, {
        error: 'has at most two decimals; round it',
      }),
    }),
    stages: z.array(z.strictObject({ id, name: inBoth, to: day })).min(1),
    reportingUntil: day,
    pledgesUntil: day,
    auditShare: z.number().min(0).max(1),
    ticketWorkingDays: z.number().int().min(1).max(60),
    document: z.strictObject({ superior: text, issuer: text, place: text, signatory: text }),
    schedules: z.array(schedule),
  })
  .superRefine((campaign, context) => {
    const problem = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path, message });
    };
    const once = (list: 'items' | 'schedules' | 'stages'): void => {
      const first = new Map<string, number>();
      for (const [i, entry] of campaign[list].entries()) {
        const earlier = first.get(entry.id);
        if (earlier === undefined) first.set(entry.id, i);
        else
          problem(
            [list, i, 'id'],
            `"${entry.id}" is already the id of ${list}[${earlier}]; give it another`,
          );
      }
    };
    once('items');
    once('schedules');
    once('stages');
    if (campaign.period.to < campaign.period.from)
      problem(
        ['period', 'to'],
        `${campaign.period.to} is before ${campaign.period.from}; put the later day here`,
      );
    for (const [i, stage] of campaign.stages.entries()) {
      const after = campaign.stages[i - 1]?.to;
      if (after !== undefined ? stage.to <= after : stage.to < campaign.period.from)
        problem(
          ['stages', i, 'to'],
          `${stage.to} is not after ${after ?? 'the beginning of the campaign'}; put the stages in order of time`,
        );
    }
    const last = campaign.stages.at(-1);
    if (last && last.to !== campaign.period.to)
      problem(
        ['stages', campaign.stages.length - 1, 'to'],
        `the last stage ends with the campaign; write ${campaign.period.to}`,
      );
    if (campaign.reportingUntil < campaign.period.to)
      problem(
        ['reportingUntil'],
        `${campaign.reportingUntil} is before the campaign's last day; write ${campaign.period.to} or later`,
      );
    if (campaign.pledgesUntil > campaign.period.to)
      problem(
        ['pledgesUntil'],
        `${campaign.pledgesUntil} is after the campaign's last day; write ${campaign.period.to} or earlier`,
      );
    for (const [i, { mode, weight, weeklyCap }] of campaign.items.entries()) {
      const at = (key: string): (string | number)[] => ['items', i, key];
      if (mode === 'conduct' && weight !== 0)
        problem(at('weight'), 'conduct earns no points; write 0, or choose mode "count"');
      if (mode !== 'conduct' && weight === 0)
        problem(at('weight'), `a ${mode} item needs points; write more than 0, or mode "conduct"`);
      if (weeklyCap !== null && weeklyCap < weight)
        problem(
          at('weeklyCap'),
          `${weeklyCap} is less than the weight ${weight}, so one report could never earn its points; raise it, or write null for no cap`,
        );
    }
  }) satisfies z.ZodType<Campaign>;
