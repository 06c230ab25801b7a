import type { Transcript } from './transcript.ts';
import type { Account, PlaygroundOptions, PlaygroundRole, Room } from './types.ts';

export interface ListedAccount extends Account {
  readonly unit: string | null;
  /** Null for an account made on the page. */
  readonly role: PlaygroundRole | null;
}

export interface Directory {
  accounts(): Promise<ListedAccount[]>;
  account(user: string): Promise<ListedAccount | null>;
  rooms(): Promise<Room[]>;
  room(chat: string): Promise<Room | null>;
  /** A new account's user, not used before. */
  freeUser(): Promise<string>;
  /** A new group's chat, not used before. */
  freeChat(): Promise<string>;
}

const isAccount = (chat: string): boolean => /^[pn]\d+$/.test(chat);

/** Accounts and rooms: those the application gives, and those made or changed on the page. */
export function createDirectory(
  options: Pick<PlaygroundOptions, 'people' | 'rooms'>,
  transcript: Transcript,
): Directory {
  const accounts = async (): Promise<ListedAccount[]> => {
    const kept = new Map(transcript.accounts().map((account) => [account.user, account]));
    const sample = (await options.people()).map((person): ListedAccount => {
      const user = `p${person.id}`;
      const changed = kept.get(user);
      kept.delete(user);
      return {
        user,
        name: person.name,
        unit: person.unit,
        role: person.role,
        phone: person.phone ?? changed?.phone ?? null,
        blocked: changed?.blocked ?? false,
      };
    });
    const made = [...kept.values()].filter((account) => account.user.startsWith('n'));
    return [...made.map((account) => ({ ...account, unit: null, role: null })), ...sample];
  };
  const rooms = async (): Promise<Room[]> => {
    const kept = new Map(transcript.rooms().map((room) => [room.chat, room]));
    const given = (await options.rooms()).map(({ chat, title }): Room => {
      if (isAccount(chat)) throw new Error(`playground room ${chat} has the name of an account`);
      const changed = kept.get(chat);
      kept.delete(chat);
      return changed ?? { chat, title, member: true };
    });
    return [...given, ...kept.values()];
  };
  const free = (prefix: string, used: readonly string[]): string => {
    const numbers = used
      .filter((id) => id.startsWith(prefix))
      .map((id) => Number(id.slice(prefix.length)))
      .filter(Number.isInteger);
    return `${prefix}${Math.max(0, ...numbers) + 1}`;
  };
  return {
    accounts,
    account: async (user) => (await accounts()).find((account) => account.user === user) ?? null,
    rooms,
    room: async (chat) => (await rooms()).find((room) => room.chat === chat) ?? null,
    freeUser: async () =>
      free(
        'n',
        transcript.accounts().map((a) => a.user),
      ),
    freeChat: async () =>
      free(
        'g',
        (await rooms()).map((r) => r.chat),
      ),
  };
}
