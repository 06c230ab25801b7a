/** Buttons of feedback: `tk:<verb>` or `tk:<number>:<verb>[:<version>]`. */

export const TICKET_NEW = 'tk:new';
/** A page of one's own, or of what waits for an answer. */
export const ticketList = (list: 'l' | 'q', offset = 0): string => `tk:${list}:${offset}`;

const TICKET = {
  open: 'o',
  /** The office writes to the author; the author writes more. */
  answer: 'r',
  follow: 'f',
  /** These name the version they were shown with. */
  close: 'x',
  reopen: 'u',
} as const;
export type TicketVerb = keyof typeof TICKET;

const VERBS = new Map(Object.entries(TICKET).map(([verb, letter]) => [letter, verb as TicketVerb]));

export const ticketAction = (
  { id, version }: { readonly id: number; readonly version: number },
  verb: TicketVerb,
): string =>
  `tk:${id}:${TICKET[verb]}${verb === 'close' || verb === 'reopen' ? `:${version}` : ''}`;

export type TicketPress =
  | { readonly kind: 'new' }
  | { readonly kind: 'list'; readonly list: 'l' | 'q'; readonly offset: number }
  | {
      readonly kind: 'ticket';
      readonly id: number;
      readonly verb: TicketVerb;
      readonly version: number | null;
    };

/** Null for anything that is no button of feedback. */
export function parseTicket(action: string): TicketPress | null {
  if (action === TICKET_NEW) return { kind: 'new' };
  const list = /^tk:([lq]):(\d{1,6})$/.exec(action);
  if (list) return { kind: 'list', list: list[1] === 'q' ? 'q' : 'l', offset: Number(list[2]) };
  const match = /^tk:(\d{1,9}):([a-z])(?::(\d{1,9}))?$/.exec(action);
  const verb = VERBS.get((match?.[2] ?? '') as (typeof TICKET)[TicketVerb]);
  if (!match || !verb) return null;
  const version = match[3] === undefined ? null : Number(match[3]);
  return { kind: 'ticket', id: Number(match[1]), verb, version };
}
