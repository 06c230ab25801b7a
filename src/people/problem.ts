/** Something wrong in a file somebody prepared: said by `say(key, {row, …values})`. */
export interface Problem {
  /** Row as the spreadsheet numbers it (the first is 1). */
  readonly row: number;
  /** A text of `admin.ftl`. */
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export const problem = (
  row: number,
  key: string,
  values: Readonly<Record<string, string | number>> = {},
): Problem => ({ row, key, values });

/** What an administrator asked for cannot be done: said by `say(key, values)`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(key: string, values: Readonly<Record<string, string | number>> = {}) {
    super(`${key} ${JSON.stringify(values)}`);
    this.key = key;
    this.values = values;
  }
}
