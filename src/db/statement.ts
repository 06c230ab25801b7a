import type { Param } from './database.ts';

/**
 * `guarded` must yield exactly one row, else the statement fails as a conflict; `write` changes any
 * number of rows; `read` only serves the parts after it.
 */
type PartKind = 'guarded' | 'write' | 'read';

/**
 * One statement under construction: common table expressions and their parameters. Writing parts run
 * in the order in which they were added, for the final select reads one after the other (PostgreSQL
 * runs parts that nothing reads last, and backwards).
 */
export class Statement {
  readonly params: Param[] = [];
  private readonly parts: string[] = [];
  private readonly counts: string[] = [];
  private expected = 0;

  /** The placeholder of a new parameter, with a cast. */
  param(value: Param, type: string): string {
    return `$${this.params.push(value)}::${type}`;
  }

  /** Adds `name as (sql)`; unless it is a `read`, `sql` ends in `returning …`. */
  add(name: string, kind: PartKind, sql: string): void {
    this.parts.push(`${name} as (${sql})`);
    const count = `(select count(*) from ${name})`;
    if (kind === 'guarded') this.expected += 1;
    if (kind !== 'read') this.counts.push(kind === 'guarded' ? count : `0 * ${count}`);
  }

  /** A name that no other part has. */
  fresh(): string {
    return `part${this.parts.length}`;
  }

  /** The whole; `also` is one more expression, evaluated after the guard. */
  text(also?: string): string {
    const guard = `turn_guard(${this.expected}, ${this.counts.join(' + ')})`;
    return `with ${this.parts.join(',\n')}\nselect ${guard} as guard${also ? `, ${also}` : ''}`;
  }
}
