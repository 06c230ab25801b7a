import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { z } from 'zod';
import { CampaignFile } from './schema.ts';
import type { Campaign } from './types.ts';
import { createWorkingDays } from './working-days.ts';

/** The campaign that ships: 75 years of the academy. */
export const SHIPPED_CAMPAIGN = fileURLToPath(new URL('./campaign-75.jsonc', import.meta.url));

/** Everything that is wrong with a campaign file, one line a problem: `file:line: key: what; fix`. */
export class CampaignError extends Error {
  override readonly name = 'CampaignError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/**
 * Reads a campaign from JSON text; comments and trailing commas are allowed, so that the office can
 * annotate it. @throws CampaignError naming every problem with its line.
 */
export function parseCampaign(text: string, fileName: string): Campaign {
  const source = text.replace(/^\uFEFF/, '');
  const report = (offset: number, path: Path, what: string): string =>
    `${fileName}:${lineAt(source, offset)}: ${showPath(path)}${what}`;

  const errors: ParseError[] = [];
  const root = parseTree(source, errors, { allowTrailingComma: true });
  const broken = errors[0];
  if (broken || !root) {
    // One slip makes the parser complain about much of what follows: only the first is worth reading.
    const offset = broken?.offset ?? 0;
    throw new CampaignError([
      report(offset, [], `not valid JSON near ${excerpt(source, offset)}; check commas and quotes`),
    ]);
  }

  const repeated = repeatedKeys(root).map(({ node, path }) =>
    report(node.offset, path, 'written twice; delete one'),
  );
  const parsed = CampaignFile.safeParse(plainValue(root), { reportInput: true });
  if (parsed.success && repeated.length === 0) return parsed.data;
  const problems = (parsed.error?.issues ?? [])
    .flatMap(explain)
    .map(({ path, what }) => ({ path, what, offset: nearest(root, path).offset }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ path, what, offset }) => report(offset, path, what));
  throw new CampaignError([...repeated, ...problems]);
}

/** Reads a campaign file. @throws CampaignError also when there is no such file. */
export function loadCampaign(path: string = SHIPPED_CAMPAIGN): Campaign {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CampaignError([`${path}: cannot be read; check the name and the rights`], { cause });
  }
  return parseCampaign(text, path);
}

/** The shipped calendar of working days, years 2024 to 2027: whether a day is one. */
export const loadWorkingDays = (): ((day: string) => boolean) =>
  createWorkingDays(readFileSync(new URL('./holidays.json', import.meta.url), 'utf8'));

/** A warning that the day lies outside the campaign's period, saying where to change it; else null. */
export function outsidePeriod(
  campaign: Campaign,
  day: string,
  file: string = SHIPPED_CAMPAIGN,
): string | null {
  const { from, to } = campaign.period;
  if (from <= day && day <= to) return null;
  const when =
    day < from
      ? `has not begun (it begins on ${from}): reports are refused`
      : `is over (it ended on ${to}): ${
          day <= campaign.reportingUntil
            ? `reports of work done in it are taken until ${campaign.reportingUntil}`
            : 'reports are refused without leave'
        }`;
  return `On ${day} the campaign "${campaign.code}" ${when}. To change its dates edit "period" and "reportingUntil" in ${file}.`;
}

type Path = readonly (string | number)[];

const showPath = (path: Path): string => {
  const shown = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
  return shown && `${shown}: `;
};

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const excerpt = (text: string, offset: number): string =>
  JSON.stringify(text.slice(Math.max(0, offset - 20), offset + 20).trim());

/** The node at a path, or the innermost one around it when something of the path is missing. */
function nearest(root: Node, path: Path): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    // A property's value may start lines below its key: people look for the key.
    if (node) return node.parent?.type === 'property' ? node.parent : node;
  }
  return root;
}

function repeatedKeys(node: Node, path: Path = []): { node: Node; path: Path }[] {
  const found: { node: Node; path: Path }[] = [];
  const seen = new Set<string>();
  for (const [i, child] of (node.children ?? []).entries()) {
    if (child.type !== 'property') {
      found.push(...repeatedKeys(child, [...path, i]));
      continue;
    }
    const [key, value] = child.children ?? [];
    const here = [...path, String(key?.value)];
    if (seen.has(String(key?.value))) found.push({ node: child, path: here });
    seen.add(String(key?.value));
    if (value) found.push(...repeatedKeys(value, here));
  }
  return found;
}

function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children: [key, value] = [] }) => [
      key?.value,
      value && plainValue(value),
    ]),
  );
}

const size = (input: unknown): string =>
  Array.isArray(input) ? `a list of ${input.length}` : JSON.stringify(input);

/** A zod issue in plain words, with what to do about it. */
function explain(issue: z.core.$ZodIssue): { path: Path; what: string }[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      what: 'unknown key; correct its spelling or delete it',
    }));
  if (issue.code === 'invalid_type') {
    const what =
      issue.input === undefined
        ? `missing; add it (${issue.expected})`
        : `${JSON.stringify(issue.input)} is not ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}; correct it`;
    return [{ path, what }];
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map((value) => JSON.stringify(value)).join(', ');
    return [
      { path, what: `${JSON.stringify(issue.input)} is not possible; use one of ${allowed}` },
    ];
  }
  if (issue.code === 'too_small' && issue.origin !== 'string')
    return [{ path, what: `${size(issue.input)} is too small; at least ${issue.minimum}` }];
  if (issue.code === 'too_big' && issue.origin !== 'string')
    return [{ path, what: `${size(issue.input)} is too big; at most ${issue.maximum}` }];
  const shown = typeof issue.input === 'object' ? '' : `${JSON.stringify(issue.input)}: `;
  return [{ path, what: `${issue.code === 'custom' ? '' : shown}${issue.message}` }];
}
