/** Tickets as the reads give them, and who answers them, for tests. */
import { loadWorkingDays } from '../../src/campaign/load.ts';
import { createWorkCalendar } from '../../src/campaign/work-calendar.ts';
import type { Holder } from '../../src/engine/holder-reads.ts';
import type { TicketView } from '../../src/engine/ticket-reads.ts';
import type { GrantView } from '../../src/engine/turn-context.ts';
import { personView, unitView } from './conversation.ts';

export const place = (chat: string) => ({ platform: 'test', tenant: 't', chat });

export const calendar = createWorkCalendar(loadWorkingDays(), new Map());

/** Somebody with roles, whose chat is `c<id>`. */
export const holder = (id: number, ...grants: GrantView[]): Holder => ({
  person: personView({ id, name: `Người ${id}`, membership: null, grants }),
  address: place(`c${id}`),
});

export const held = (role: GrantView['role'], unitId: number | null = null): GrantView => ({
  role,
  unitId,
});

/** By person 20 of unit 1, about unit 1, due on 12 July 2024. */
export const ticketView = (values: Partial<TicketView> = {}): TicketView => {
  const author = values.author ?? { id: 20, name: 'Phạm Tác Giả' };
  return {
    id: 12,
    author,
    authorId: author.id,
    authorUnit: unitView(),
    about: 'unit',
    unit: unitView(),
    status: 'open',
    version: 3,
    openedAt: '2024-07-05T02:00:00Z',
    dueOn: '2024-07-12',
    escalated: false,
    closedAt: null,
    words: 'Phòng họp thiếu ghế',
    messages: [{ author, at: '2024-07-05T02:00:00Z', text: 'Phòng họp thiếu ghế.' }],
    ...values,
  };
};
