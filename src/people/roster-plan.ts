/**
 * What a roster file changes, worked out from what is stored: pure, so that nothing is written
 * before every row is known to be right.
 *
 * Rules: a person is recognised by code. The file is right about the people in it, column by column
 * (a column it lacks is left alone; a person it lacks is left alone). Another unit or audience than
 * the current one closes the membership on the day the new one begins. Roles in the units a person
 * belongs or belonged to, and those of the whole campaign, follow the file; roles in other units,
 * and what somebody gave in chat, were given by hand and stay while the person does.
 */
import { fold } from './fold.ts';
import { type Problem, problem } from './problem.ts';
import { isUnitRole, type RoleName } from './roles.ts';
import type { RosterEntry } from './roster.ts';

export interface StoredUnit {
  readonly id: number;
  readonly code: string;
  readonly nameFold: string;
  /** First day it no longer exists, or null. */
  readonly validTo: string | null;
}

interface Membership {
  readonly id: number;
  readonly unitId: number;
  readonly audience: 'staff' | 'student';
  /** A student's class or course. */
  readonly cohort: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

interface Grant {
  readonly id: number;
  readonly role: RoleName;
  readonly unitId: number | null;
  /** file: the roster or the command line; chat: the office; delegation: a head, for a time. */
  readonly origin: 'file' | 'chat' | 'delegation';
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface StoredPerson {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly memberships: readonly Membership[];
  readonly grants: readonly Grant[];
}

/** A row to write; `id` null inserts, else that row is changed. */
interface PersonChange {
  readonly id: number | null;
  readonly code: string;
  readonly name: string;
  readonly nameFold: string;
  readonly email: string | null;
  readonly phone: string | null;
}
type MembershipChange = Omit<Membership, 'id'> & { id: number | null; code: string };
/** `remove`: it never came into force. */
type GrantChange = Omit<Grant, 'id' | 'origin'> & {
  id: number | null;
  code: string;
  remove: boolean;
};
interface AuditLine {
  readonly code: string;
  readonly action: 'added' | 'changed' | 'moved' | 'left' | 'role-given' | 'role-ended';
  readonly details: Readonly<Record<string, unknown>>;
}

export interface RosterPlan {
  readonly people: readonly PersonChange[];
  readonly memberships: readonly MembershipChange[];
  readonly grants: readonly GrantChange[];
  readonly audit: readonly AuditLine[];
}

/** @param on the day of the import, ISO date: changes without a date of their own begin then */
export function planRoster(
  entries: readonly RosterEntry[],
  stored: { readonly units: readonly StoredUnit[]; readonly people: readonly StoredPerson[] },
  on: string,
): { readonly plan: RosterPlan; readonly problems: readonly Problem[] } {
  const findUnit = unitFinder(stored.units);
  const unitCode = new Map(stored.units.map((unit) => [unit.id, unit.code]));
  const byCode = new Map(stored.people.map((person) => [person.code, person]));
  const problems = [...emailsTaken(entries, stored.people)];
  const parts: Part[] = [];
  for (const entry of entries) {
    const unit = findUnit(entry, on);
    if ('key' in unit) {
      problems.push(unit);
      continue;
    }
    const person = byCode.get(entry.code) ?? null;
    const moved = planMembership(entry, unit.id, person?.memberships ?? [], on);
    if ('key' in moved) {
      problems.push(moved);
      continue;
    }
    const change = planPerson(entry, person);
    const grants = planGrants(entry, unit.id, person, moved, on);
    parts.push({ entry, person, change, moved, grants });
  }
  problems.sort((a, b) => a.row - b.row);
  return {
    plan: {
      people: parts.flatMap(({ change }) => change ?? []),
      memberships: parts.flatMap(({ moved }) => moved.changes),
      grants: parts.flatMap(({ grants }) => grants),
      audit: parts.flatMap((part) => auditOf(part, unitCode)),
    },
    problems,
  };
}

const latest = (first: string, ...days: string[]): string =>
  [first, ...days].sort().at(-1) ?? first;

/** The earliest of some ends; null means open. */
const earliest = (...ends: (string | null)[]): string | null =>
  ends.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);

interface Part {
  readonly entry: RosterEntry;
  readonly person: StoredPerson | null;
  readonly change: PersonChange | null;
  readonly moved: MembershipPlan;
  readonly grants: readonly GrantChange[];
}

function unitFinder(units: readonly StoredUnit[]) {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const byName = new Map<string, StoredUnit[]>();
  for (const unit of units) byName.set(unit.nameFold, [...(byName.get(unit.nameFold) ?? []), unit]);
  return (entry: RosterEntry, on: string): StoredUnit | Problem => {
    const { row } = entry;
    const value = entry.unit;
    const named = byName.get(fold(value)) ?? [];
    const unit = byCode.get(fold(value)) ?? named[0];
    if (!unit) return problem(row, 'roster-unit-unknown', { value: value.slice(0, 80) });
    if (unit === named[0] && named.length > 1) {
      return problem(row, 'roster-unit-ambiguous', { value: value.slice(0, 80) });
    }
    const lastNeeded = entry.to ?? [entry.from ?? on, on].sort().at(-1) ?? on;
    const gone =
      unit.validTo !== null && (entry.to ? entry.to > unit.validTo : lastNeeded >= unit.validTo);
    return gone ? problem(row, 'roster-unit-gone', { value: unit.code }) : unit;
  };
}

function* emailsTaken(
  entries: readonly RosterEntry[],
  people: readonly StoredPerson[],
): Generator<Problem> {
  const owners = new Map(people.flatMap((p) => (p.email ? [[p.email, p.code] as const] : [])));
  const inFile = new Map(entries.map((entry) => [entry.code, entry]));
  for (const { row, code, email } of entries) {
    const owner = email ? owners.get(email) : undefined;
    if (!email || owner === undefined || owner === code) continue;
    const given = inFile.get(owner)?.email;
    // The owner gives it up in this very file.
    if (given !== undefined && given !== email) continue;
    yield problem(row, 'roster-email-taken', { value: email, code: owner });
  }
}

function planPerson(entry: RosterEntry, person: StoredPerson | null): PersonChange | null {
  const change: PersonChange = {
    id: person?.id ?? null,
    code: entry.code,
    name: entry.name,
    nameFold: fold(entry.name),
    email: entry.email === undefined ? (person?.email ?? null) : entry.email,
    phone: entry.phone === undefined ? (person?.phone ?? null) : entry.phone,
  };
  return person && changedFields(change, person).length === 0 ? null : change;
}

const changedFields = (change: PersonChange, person: StoredPerson): string[] =>
  (['name', 'email', 'phone'] as const).filter((field) => change[field] !== person[field]);

interface MembershipPlan {
  readonly changes: readonly MembershipChange[];
  /** First day of the membership the row describes. */
  readonly from: string;
  /** The same when that membership is new; null when the person stays where they were. */
  readonly begins: string | null;
  /** The unit that was left by moving. */
  readonly leftUnit: number | null;
  /** True when an end is set that was not stored. */
  readonly ends: boolean;
  /** True for a span before the current membership: history, which changes no role. */
  readonly past: boolean;
}

function planMembership(
  entry: RosterEntry,
  unitId: number,
  held: readonly Membership[],
  on: string,
): MembershipPlan | Problem {
  const { row, code, audience } = entry;
  const current = held.find((m) => m.validTo === null) ?? null;
  const same = held.find(
    (m) =>
      m.unitId === unitId &&
      m.audience === audience &&
      (m.validTo === null ||
        (entry.from === null ? m.validTo === entry.to : m.validFrom === entry.from)),
  );
  const validFrom = entry.from ?? same?.validFrom ?? on;
  const cohort = entry.cohort === undefined ? (same?.cohort ?? null) : entry.cohort;
  const wanted = { code, unitId, audience, cohort, validFrom, validTo: entry.to };
  if (entry.to !== null && entry.to <= validFrom) return problem(row, 'roster-from-needed');

  if (same) {
    const unchanged =
      same.validFrom === validFrom && same.validTo === entry.to && same.cohort === cohort;
    return (
      overlap(
        entry,
        wanted,
        held.filter((m) => m !== same),
      ) ?? {
        changes: unchanged ? [] : [{ ...wanted, id: same.id }],
        from: validFrom,
        begins: null,
        leftUnit: null,
        ends: entry.to !== null && same.validTo !== entry.to,
        past: same !== current && current !== null,
      }
    );
  }
  const past = current !== null && entry.to !== null && entry.to <= current.validFrom;
  const begins = { from: validFrom, begins: validFrom, ends: false, past };
  if (current === null || past) {
    const changes = [{ ...wanted, id: null }];
    return overlap(entry, wanted, held) ?? { changes, ...begins, leftUnit: null };
  }
  const others = held.filter((m) => m !== current);
  if (validFrom === current.validFrom) {
    // The same beginning elsewhere: what was stored was a mistake, so it is put right in place.
    const changes = [{ ...wanted, id: current.id }];
    return overlap(entry, wanted, others) ?? { changes, ...begins, leftUnit: current.unitId };
  }
  if (validFrom < current.validFrom) {
    return problem(row, 'roster-from-too-early', { date: current.validFrom });
  }
  const changes = [
    { ...current, code, validTo: validFrom },
    { ...wanted, id: null },
  ];
  return overlap(entry, wanted, others) ?? { changes, ...begins, leftUnit: current.unitId };
}

function overlap(
  { row }: RosterEntry,
  span: { readonly validFrom: string; readonly validTo: string | null },
  others: readonly Membership[],
): Problem | null {
  const clash = others.find(
    (m) =>
      (m.validTo === null || m.validTo > span.validFrom) &&
      (span.validTo === null || m.validFrom < span.validTo),
  );
  return clash ? problem(row, 'roster-overlap', { date: clash.validFrom }) : null;
}

function planGrants(
  entry: RosterEntry,
  unitId: number,
  person: StoredPerson | null,
  moved: MembershipPlan,
  on: string,
): GrantChange[] {
  const { code, roles, to } = entry;
  if (moved.past) return [];
  const ownUnits = new Set([unitId, ...(person?.memberships ?? []).map((m) => m.unitId)]);
  const open = (person?.grants ?? []).filter(
    (g) => (g.validTo === null || g.validTo > on) && (g.unitId === null || ownUnits.has(g.unitId)),
  );
  // Roles change with the membership, also one that is yet to begin; else on the day of import.
  const day = moved.begins ?? latest(on, moved.from);
  const place = (role: RoleName) => (isUnitRole(role) ? unitId : null);
  const change = ({ id, role, unitId: of, validFrom }: Grant, validTo: string | null) => {
    return { id, role, unitId: of, validFrom, validTo, code };
  };
  const end = (grant: Grant, validTo: string | null): GrantChange[] => {
    if (validTo === grant.validTo) return [];
    const remove = validTo !== null && validTo <= grant.validFrom;
    return [{ ...change(grant, remove ? grant.validTo : validTo), remove }];
  };
  /** Of a unit that this move leaves behind. */
  const left = (g: Grant) => moved.leftUnit !== null && g.unitId === moved.leftUnit;
  if (!roles) {
    return open.flatMap((g) => end(g, earliest(g.validTo, to, left(g) ? day : null)));
  }

  const keeps = (g: Grant): boolean =>
    g.origin !== 'delegation' && roles.includes(g.role) && g.unitId === place(g.role);
  const changes = open
    .filter((g) => !keeps(g))
    .flatMap((g) => end(g, earliest(g.validTo, to, g.origin !== 'file' && !left(g) ? null : day)));
  for (const role of roles) {
    const same = (person?.grants ?? []).filter(
      (g) => g.role === role && g.unitId === place(role) && g.origin !== 'delegation',
    );
    const [held, ...later] = same
      .filter((g) => open.includes(g))
      .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    changes.push(...later.map((grant) => ({ ...change(grant, grant.validTo), remove: true })));
    const begins = latest(
      day,
      ...same.flatMap((g) => (g.validTo !== null && !open.includes(g) ? g.validTo : [])),
    );
    const validFrom = held && held.validFrom < begins ? held.validFrom : begins;
    if (to !== null && to <= validFrom) {
      if (held) changes.push({ ...change(held, held.validTo), remove: true });
    } else if (held?.validFrom !== validFrom || held.validTo !== to) {
      const grant = { id: held?.id ?? null, role, unitId: place(role), validFrom, validTo: to };
      changes.push({ ...grant, code, remove: false });
    }
  }
  return changes;
}

function auditOf(part: Part, unitCode: ReadonlyMap<number, string>): AuditLine[] {
  const { entry, person, change, moved, grants } = part;
  const { code } = entry;
  const unit = (id: number | null) => (id === null ? null : (unitCode.get(id) ?? null));
  const lines: AuditLine[] = [];
  const here = moved.changes.at(-1);
  if (!person) {
    lines.push({ code, action: 'added', details: { unit: unit(here?.unitId ?? null) } });
  } else {
    const fields = change ? changedFields(change, person) : [];
    if (fields.length > 0) lines.push({ code, action: 'changed', details: { fields } });
    if (here && moved.begins) {
      const details = { from: unit(moved.leftUnit), to: unit(here.unitId), on: moved.begins };
      lines.push({ code, action: 'moved', details });
    } else if (here) {
      const details = { unit: unit(here.unitId), from: here.validFrom, to: here.validTo };
      lines.push({ code, action: moved.ends ? 'left' : 'changed', details });
    }
  }
  for (const grant of grants) {
    const ended = grant.id !== null && (grant.remove || grant.validTo !== null);
    lines.push({
      code,
      action: ended ? 'role-ended' : 'role-given',
      details: {
        role: grant.role,
        unit: unit(grant.unitId),
        from: grant.validFrom,
        to: grant.validTo,
      },
    });
  }
  return lines;
}
