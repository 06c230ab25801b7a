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
