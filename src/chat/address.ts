import { z } from 'zod';

/** Where a message goes: one chat of one bot or workspace, optionally a thread or forum topic of it. */
export const Address = z.strictObject({
  platform: z.string().min(1),
  /** The bot (Telegram: its numeric id) or workspace (Slack: team id) the chat belongs to. */
  tenant: z.string().min(1),
  chat: z.string().min(1),
  thread: z.string().min(1).optional(),
});
export type Address = z.infer<typeof Address>;

/** A platform account. Several identities may belong to one person. */
export const Identity = z.strictObject({
  platform: z.string().min(1),
  tenant: z.string().min(1),
  user: z.string().min(1),
});
export type Identity = z.infer<typeof Identity>;

/** A message that exists on a platform. */
export const MessageRef = z.strictObject({ at: Address, id: z.string().min(1) });
export type MessageRef = z.infer<typeof MessageRef>;

/** The key of a chat's delivery lane: order is kept within one lane (a thread shares its chat's lane). */
export const laneKey = (to: Address): string => `${to.platform}:${to.tenant}:${to.chat}`;

/** The key of the rate limit that all chats of one bot or workspace share. */
export const botKey = (to: Pick<Address, 'platform' | 'tenant'>): string =>
  `${to.platform}:${to.tenant}`;
