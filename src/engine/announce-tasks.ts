/**
 * Announcements on their way. A turn (or the clock) sets one to `sending` and writes a task: the task
 * enqueues everybody's message in its own transaction, then looks every few seconds how far it is and
 * tells the office, until nothing waits. Stopping and calling off are tasks too. Each begins by locking
 * the announcement's row, and every message has a key, so that none is done or said twice.
 */
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { campaignDay } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { Address, laneKey, type Message } from '../chat/index.ts';
import { announcementCard, cardSubject, missedMessage } from '../messages/announce/office.ts';
import {
  announcementMessage,
  calledOffMessage,
  reminderMessage,
} from '../messages/announce/people.ts';
import { plainMessage } from '../messages/flow.ts';
import type { Language } from '../messages/language.ts';
import type { Say } from '../messages/say.ts';
import type {
  AnnouncementProgress,
  AnnouncementStatus,
  AnnouncementView,
  AnswerCounts,
} from './announcement-reads.ts';
import type { Outgoing } from './decision.ts';
import type { TaskHandler, TaskResult } from './tasks.ts';
import type { Recipient } from './turn-context.ts';

const AnnouncementTask = z.strictObject({
  id: z.number().int(),
  /** Who asked for it, and where they are told; else its author, where they can be written to. */
  by: z.number().int().optional(),
  to: Address.optional(),
});
export type AnnouncementTask = z.infer<typeof AnnouncementTask>;

/** A chat that shows the announcement's card to somebody who may see it today. */
export interface Watcher {
  readonly address: Address;
  readonly personId: number;
  readonly language: Language;
}

type Messages = Readonly<Record<Language, Message>>;

/** Within the transaction of a task. */
export interface AnnouncementStore {
  /** Locked until the transaction ends. */
  take(id: number): Promise<AnnouncementView | null>;
  /** Records whom it is for on this day, and enqueues their messages. @returns how many it is for */
  begin(announcement: AnnouncementView, on: string, messages: Messages): Promise<number>;
  progress(id: number): Promise<AnnouncementProgress>;
  answers(id: number): Promise<AnswerCounts>;
  /** Puts it to its last state, unless it is there. */
  end(id: number, status: AnnouncementStatus, at: string): Promise<void>;
  /** Takes back what has not begun to be sent; those people are no recipients any more. */
  withdraw(id: number): Promise<void>;
  /** To recipients who were reached and have not said no, once for each purpose. */
  follow(id: number, purpose: 'remind' | 'cancel', messages: Messages): Promise<void>;
  /** Chats with the card, of people who may write announcements on this day. */
  watchers(id: number, on: string): Promise<readonly Watcher[]>;
  /** This person, or (null) who wrote it, when they may write announcements on this day. */
  writer(id: number, by: number | null, on: string): Promise<Recipient | null>;
}

/** Real time between two looks: at most one change of the card in it. */
const LOOK_MS = 5_000;
/** Until what was being sent when it was stopped has ended. */
const LAST_LOOK_MS = 1_000;

type Kind = 'announcement-send' | 'announcement-stop' | 'announcement-remind';

export function announcementTasks<Tx>(parts: {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
  readonly store: (tx: Tx) => AnnouncementStore;
}): Readonly<Record<Kind, TaskHandler<Tx>>> {
  const { campaign, texts, store: open } = parts;
  const day = (at: Temporal.Instant): string => campaignDay(at, campaign.zone);
  const both = (say: (say: Say) => Message): Messages => ({ vi: say(texts.vi), en: say(texts.en) });

  /** One message to the one who asked, else the author; nothing when they may not be told. */
  async function tell(
    store: AnnouncementStore,
    { id, by, to }: AnnouncementTask,
    now: Temporal.Instant,
    message: (say: Say) => Message,
    more: (to: Address) => Partial<Outgoing> = () => ({}),
  ): Promise<Outgoing[]> {
    const writer = await store.writer(id, by ?? null, day(now));
    const address = to ?? writer?.address;
    if (!writer || !address) return [];
    const { personId, language } = writer;
    return [{ to: address, message: message(texts[language]), personId, ...more(address) }];
  }

  const isOver = ({ eventAt }: AnnouncementView, now: Temporal.Instant): boolean =>
    eventAt !== null && Date.parse(eventAt) <= now.epochMilliseconds;

  async function card(
    store: AnnouncementStore,
    announcement: AnnouncementView,
    now: Temporal.Instant,
  ) {
    const [progress, answers] = [
      await store.progress(announcement.id),
      announcement.kind === 'event' ? await store.answers(announcement.id) : null,
    ];
    return {
      progress,
      of: (say: Say): Message =>
        announcementCard(
          say,
          { announcement, progress, answers, over: isOver(announcement, now) },
          campaign,
        ),
    };
  }

  /** The same figures are not said twice in a chat. */
  const once = (
    { id, status }: AnnouncementView,
    { sent, unreachable, waiting }: AnnouncementProgress,
    to: Address,
  ): string => `${cardSubject(id)}:${status}:${sent}:${unreachable}:${waiting}:${laneKey(to)}`;

  /** The card in every chat that shows it. */
  async function updates(
    store: AnnouncementStore,
    announcement: AnnouncementView,
    now: Temporal.Instant,
  ): Promise<Outgoing[]> {
    const { id } = announcement;
    const { progress, of } = await card(store, announcement, now);
    return (await store.watchers(id, day(now))).map(({ address, personId, language }) => ({
      to: address,
      message: of(texts[language]),
      as: 'update',
      subject: cardSubject(id),
      personId,
      priority: 'notice',
      dedupe: once(announcement, progress, address),
    }));
  }

  async function begin(
    store: AnnouncementStore,
    announcement: AnnouncementView,
    task: AnnouncementTask,
    now: Temporal.Instant,
  ): Promise<TaskResult> {
    const { id } = announcement;
    if (isOver(announcement, now)) {
      await store.end(id, 'cancelled', now.toString());
      return { sends: await tell(store, task, now, (say) => missedMessage(say, announcement)) };
    }
    const messages = both((say) => announcementMessage(say, announcement, campaign.zone));
    const total = await store.begin(announcement, day(now), messages);
    const { of, progress } = await card(store, { ...announcement, total }, now);
    const sends = await tell(store, task, now, of, (to) => ({
      subject: cardSubject(id),
      dedupe: once(announcement, progress, to),
    }));
    return { sends, againInMs: LOOK_MS };
  }

  return {
    'announcement-send': {
      async run(payload, tx, now) {
        const task = AnnouncementTask.parse(payload);
        const store = open(tx);
        const announcement = await store.take(task.id);
        // Stopped or called off meanwhile: those tasks say what became of it.
        if (announcement?.status !== 'sending') return { sends: [] };
        if (announcement.total === null) return begin(store, announcement, task, now);
        const { waiting } = await store.progress(task.id);
        if (waiting > 0)
          return { sends: await updates(store, announcement, now), againInMs: LOOK_MS };
        await store.end(task.id, 'sent', now.toString());
        return { sends: await updates(store, { ...announcement, status: 'sent' }, now) };
      },
      async failed(payload, tx, now) {
        const task = AnnouncementTask.parse(payload);
        const store = open(tx);
        const announcement = await store.take(task.id);
        if (announcement?.status !== 'sending') return [];
        const begun = announcement.total !== null;
        await store.end(task.id, begun ? 'sent' : 'stopped', now.toString());
        const key = begun ? 'announce-failed-progress' : 'announce-failed';
        return tell(store, task, now, (say) => plainMessage([say(key, { id: String(task.id) })]));
      },
    },

    'announcement-stop': {
      async run(payload, tx, now) {
        const { id } = AnnouncementTask.parse(payload);
        const store = open(tx);
        const announcement = await store.take(id);
        if (announcement?.status !== 'stopped' && announcement?.status !== 'cancelled')
          return { sends: [] };
        await store.withdraw(id);
        const sends = await updates(store, announcement, now);
        if ((await store.progress(id)).waiting > 0) return { sends, againInMs: LAST_LOOK_MS };
        await store.end(id, announcement.status, now.toString());
        if (announcement.status === 'cancelled' && !isOver(announcement, now))
          await store.follow(
            id,
            'cancel',
            both((say) => calledOffMessage(say, announcement, campaign.zone)),
          );
        return { sends };
      },
      async failed(payload, tx, now) {
        const task = AnnouncementTask.parse(payload);
        return tell(open(tx), task, now, (say) =>
          plainMessage([say('announce-failed-stop', { id: String(task.id) })]),
        );
      },
    },

    'announcement-remind': {
      async run(payload, tx, now) {
        const { id } = AnnouncementTask.parse(payload);
        const store = open(tx);
        const announcement = await store.take(id);
        const stands = announcement?.status === 'sending' || announcement?.status === 'sent';
        if (!announcement || !stands || isOver(announcement, now)) return { sends: [] };
        await store.follow(
          id,
          'remind',
          both((say) => reminderMessage(say, announcement, campaign.zone)),
        );
        return { sends: [] };
      },
      async failed(payload, tx, now) {
        const task = AnnouncementTask.parse(payload);
        return tell(open(tx), task, now, (say) =>
          plainMessage([say('announce-failed-remind', { id: String(task.id) })]),
        );
      },
    },
  };
}
