/**
 * Buttons of the digests. `dg:?` the choice of scopes; `dg:<scope>` the periods of one;
 * `dg:<scope>:<period>` a digest; `dg:u:<unit>` a unit's overview; `dg:n:<unit>:<span>` who of it has no
 * report, of this week (`w`) or of the campaign (`c`). Periods are relative, so that "this week" on an
 * old message means the week it is then.
 */
import type { PeriodKey } from '../../digests/spans.ts';
import type { DigestScope } from '../../people/may.ts';

const LETTERS = {
  campaign: 'c',
  political_schools: 'p',
  students: 's',
  participation: 'm',
} as const satisfies Record<DigestScope, string>;

const SCOPES = new Map(
  Object.entries(LETTERS).map(([scope, letter]) => [letter as string, scope as DigestScope]),
);

export type DigestWish =
  | { readonly kind: 'scopes' }
  | { readonly kind: 'periods'; readonly of: DigestScope }
  | { readonly kind: 'digest'; readonly of: DigestScope; readonly period: PeriodKey }
  | { readonly kind: 'unit'; readonly unitId: number }
  | { readonly kind: 'names'; readonly unitId: number; readonly span: 'week' | 'campaign' };

export const digestAction = (wish: DigestWish): string => {
  switch (wish.kind) {
    case 'scopes':
      return 'dg:?';
    case 'periods':
      return `dg:${LETTERS[wish.of]}`;
    case 'digest':
      return `dg:${LETTERS[wish.of]}:${wish.period}`;
    case 'unit':
      return `dg:u:${wish.unitId}`;
    case 'names':
      return `dg:n:${wish.unitId}:${wish.span === 'week' ? 'w' : 'c'}`;
  }
};

/** Null for anything that is none of them. */
export function parseDigestAction(action: string): DigestWish | null {
  if (action === 'dg:?') return { kind: 'scopes' };
  const unit = /^dg:u:(\d{1,9})$/.exec(action);
  if (unit) return { kind: 'unit', unitId: Number(unit[1]) };
  const names = /^dg:n:(\d{1,9}):([wc])$/.exec(action);
  if (names)
    return {
      kind: 'names',
      unitId: Number(names[1]),
      span: names[2] === 'w' ? 'week' : 'campaign',
    };
  const [, letter, period] = /^dg:([a-z])(?::(now|last|all|s\d{1,2}))?$/.exec(action) ?? [];
  const of = SCOPES.get(letter ?? '');
  if (!of) return null;
  return period === undefined
    ? { kind: 'periods', of }
    : // The pattern lets nothing else through.
      { kind: 'digest', of, period: period as PeriodKey };
}
