/** What needs attention first, in sentences. */
import type { Block, InlineText } from '../chat/index.ts';
import type { Attention, Digest } from '../digests/types.ts';
import type { UnitOfWeek } from '../standings/types.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** Units named in one sentence. */
const NAMED = 10;
/** In a point at the top. */
export const NAMED_FIRST = 3;

/** The first units by name, and how many there are besides. */
export function unitList(say: Say, units: readonly UnitOfWeek[], most = NAMED): string {
  const names = units.slice(0, most).map((unit) => unitName(say, unit));
  const rest = units.length - names.length;
  return [...names, ...(rest > 0 ? [say('digest-and-more', { n: rest })] : [])].join('; ');
}

export function attentionBlocks(say: Say, { attention, of }: Digest): Block[] {
  if (attention.length === 0) return [{ kind: 'text', text: [say('digest-no-attention')] }];
  return [
    { kind: 'text', text: [{ kind: 'bold', text: say('digest-attention') }] },
    {
      kind: 'list',
      ordered: true,
      items: attention.map((each): InlineText => [attentionLine(say, of, each)]),
    },
  ];
}

/** One point as a sentence. */
export function attentionLine(say: Say, of: Digest['of'], point: Attention): string {
  switch (point.kind) {
    case 'audit':
      return say('digest-attention-audit', { n: point.doubtful, waiting: point.waiting });
    case 'tickets':
      return say('digest-attention-tickets', { n: point.overdue });
    case 'backlog':
      return say('digest-attention-backlog', {
        n: point.waiting,
        days: point.oldestDays,
        units: unitList(say, point.units, NAMED_FIRST),
      });
    case 'falling':
      return point.units.length === 0
        ? say('digest-attention-falling', { points: point.points })
        : say('digest-attention-falling-units', {
            points: point.points,
            units: unitList(say, point.units, NAMED_FIRST),
          });
    case 'silent':
      return say(of === 'participation' ? 'digest-attention-quiet' : 'digest-attention-silent', {
        n: point.units.length,
        units: unitList(say, point.units, NAMED_FIRST),
      });
    case 'unreachable':
      return say('digest-attention-unreachable', { n: point.people });
  }
}
