/**
 * What can go wrong in the database, the same for both drivers. Causes keep their code and position
 * but not the values of the statement: people's words do not belong in logs.
 */

/** The database cannot be reached or cannot take work now; trying later may help. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The database refused a statement. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** SQLSTATE. */
  readonly code: string;
  readonly table: string | null;
  /** The constraint that was violated, by name. */
  readonly constraint: string | null;

  constructor(
    message: string,
    of: Pick<DatabaseError, 'code' | 'table' | 'constraint'>,
    cause: unknown,
  ) {
    super(message, { cause });
    this.code = of.code;
    this.table = of.table;
    this.constraint = of.constraint;
  }
}

/** Raised by `turn_guard` when a guarded write found other rows than expected. */
const GUARD_FAILED = 'TC001';
/** Serialization failure, deadlock, and our own guard. */
const CONFLICTS = new Set(['40001', '40P01', GUARD_FAILED]);
const UNIQUE_VIOLATION = '23505';

/**
 * Classes 08 (connection), 53 (resources: disk full, out of memory, too many connections), 57P (the
 * server shuts down, starts up or dropped the database) and 58 (system error), and read-only standby.
 */
const UNAVAILABLE_STATES = /^(08|53|57P0|58|25006)/;
/** What the driver and the network report. */
const UNAVAILABLE_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);
/** What the embedded database says, without any code, when it was closed or its engine has died. */
const UNAVAILABLE_MESSAGES = /PGlite is clos|Aborted\(/i;

/** What a cause keeps. The drivers add parameters, details and places in a statement's values. */
const KEPT = ['code', 'severity', 'position', 'table', 'constraint', 'column', 'routine'] as const;

interface Raw {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly table?: unknown;
  readonly table_name?: unknown;
  readonly constraint?: unknown;
  readonly constraint_name?: unknown;
  readonly cause?: unknown;
}

const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null;
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A copy, because the drivers' own properties cannot all be deleted. */
function withoutValues(raw: Raw, message: string): Error {
  const cause = new Error(message);
  if (typeof raw.stack === 'string') cause.stack = raw.stack;
  for (const key of KEPT) {
    if (key in raw) Object.assign(cause, { [key]: Reflect.get(raw, key) });
  }
  return cause;
}

/** Turns whatever a driver threw into one of the errors above; anything else stays what it is. */
export function databaseError(raw: unknown): unknown {
  if (raw instanceof DatabaseUnavailable || raw instanceof DatabaseError || !isObject(raw))
    return raw;
  const code = textOrNull(raw.code);
  const message = textOrNull(raw.message) ?? '';
  if (code === null) {
    return UNAVAILABLE_MESSAGES.test(message)
      ? new DatabaseUnavailable(`The database is not available: ${message}`, {
          cause: withoutValues(raw, message),
        })
      : raw;
  }
  if (UNAVAILABLE_CODES.has(code) || UNAVAILABLE_STATES.test(code)) {
    return new DatabaseUnavailable(`The database is not available (${code}): ${message}`, {
      cause: withoutValues(raw, message),
    });
  }
  if (!/^[0-9A-Z]{5}$/.test(code)) return raw;
  return new DatabaseError(
    message,
    {
      code,
      table: textOrNull(raw.table_name) ?? textOrNull(raw.table),
      constraint: textOrNull(raw.constraint_name) ?? textOrNull(raw.constraint),
    },
    withoutValues(raw, message),
  );
}

/** The error itself or the first of its causes that a database threw (drizzle wraps them). */
function find(error: unknown): DatabaseError | DatabaseUnavailable | null {
  for (let e = error; isObject(e); e = e.cause) {
    const known = databaseError(e);
    if (known instanceof DatabaseError || known instanceof DatabaseUnavailable) return known;
  }
  return null;
}

/** Whether trying again later may help. */
export const isUnavailable = (error: unknown): boolean =>
  find(error) instanceof DatabaseUnavailable;

/** Whether another transaction was faster: load and decide again. */
export function isConflict(error: unknown): boolean {
  const found = find(error);
  return found instanceof DatabaseError && CONFLICTS.has(found.code);
}

/** The name of the unique constraint or index that was violated, or null for any other error. */
export function isUniqueViolation(error: unknown): string | null {
  const found = find(error);
  return found instanceof DatabaseError && found.code === UNIQUE_VIOLATION
    ? (found.constraint ?? '')
    : null;
}
