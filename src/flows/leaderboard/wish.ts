/**
 * What a button of a leaderboard asks for: `lb:<view>:<span>[:<group>][:p]`. Spans are relative, so
 * that "this week" on an old message means the week it is then.
 */

export interface Wish {
  /**
   * `u` the unit, `g` a comparison group by its place in the list of groups (or the reader's own), `c`
   * the choice of groups, `m` the reader's own results.
   */
  readonly view: 'u' | 'g' | 'c' | 'm';
  readonly span: Span;
  readonly group: number | null;
  /** As a picture, sent beside the message. */
  readonly picture: boolean;
}

/** This week, the one before, this month, the one before, the whole campaign. */
export type Span = 'now' | 'last' | 'month' | 'before' | 'all';

const ACTION = /^lb:([ugcm]):(now|last|month|before|all)(?::(\d{1,3}))?(:p)?$/;

export function parseWish(action: string): Wish | null {
  const [, view, span, group, picture] = ACTION.exec(action) ?? [];
  if (!view || !span) return null;
  return {
    view,
    span,
    group: group === undefined ? null : Number(group),
    picture: picture !== undefined,
    // The expression admits no other views and spans.
  } as Wish;
}

export const actionOf = ({ view, span, group, picture }: Wish): string =>
  `lb:${view}:${span}${group === null ? '' : `:${group}`}${picture ? ':p' : ''}`;
