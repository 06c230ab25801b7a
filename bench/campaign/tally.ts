/** Counts figures that were compared, and keeps those that differ. */
export interface Tally {
  /** Equal to within `slack`; what is absent on one side differs. */
  same(what: string, expected: Figure, found: Figure, slack?: number): void;
  readonly sections: ReadonlyMap<string, { readonly compared: number; readonly differ: number }>;
  readonly differences: readonly string[];
}
type Figure = number | string | boolean | null | undefined;

/** `what` begins with its section: `weeks: …`. */
export function createTally(): Tally {
  const sections = new Map<string, { compared: number; differ: number }>();
  const differences: string[] = [];
  return {
    sections,
    differences,
    same(what, expected, found, slack = 0) {
      const numbers = typeof expected === 'number' && typeof found === 'number';
      const equal = numbers ? Math.abs(expected - found) <= slack : expected === found;
      const [section = ''] = what.split(':');
      const { compared, differ } = sections.get(section) ?? { compared: 0, differ: 0 };
      sections.set(section, { compared: compared + 1, differ: differ + Number(!equal) });
      if (!equal) differences.push(`${what}: calculated ${expected}, found ${found}`);
    },
  };
}

export function tallyLines({ sections, differences }: Tally): string[] {
  const all = [...sections.values()];
  const sum = (of: (each: (typeof all)[number]) => number): number =>
    all.reduce((total, each) => total + of(each), 0);
  const shown = differences.slice(0, 30);
  return [
    ...[...sections].map(([name, { compared, differ }]) => {
      return `${name.padEnd(28)} ${String(compared).padStart(8)} compared ${String(differ).padStart(6)} differ`;
    }),
    `${sum(({ compared }) => compared)} figures compared, ${sum(({ differ }) => differ)} differ`,
    ...shown.map((line) => `DIFFERS ${line}`),
    ...(differences.length > shown.length ? [`and ${differences.length - shown.length} more`] : []),
  ];
}
