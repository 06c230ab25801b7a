/** Tasks of the office about scheduled posts: showing one beforehand, and having it made now. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { Address } from '../chat/index.ts';
import { plainMessage } from '../messages/flow.ts';
import type { Language } from '../messages/language.ts';
import { previewMessage } from '../messages/office/schedules.ts';
import type { Say } from '../messages/say.ts';
import type { Outgoing } from './decision.ts';
import type { Scheduler } from './schedule.ts';
import type { TaskHandler } from './tasks.ts';

const PostTask = z.strictObject({
  does: z.enum(['preview', 'now']),
  schedule: z.string(),
  /** ISO instant: of a preview, the occurrence it shows. */
  at: z.string(),
  /** Where the one who asked is told. */
  to: Address,
  personId: z.number().int(),
  language: z.enum(['vi', 'en']),
});
export type PostTask = z.infer<typeof PostTask>;

/** Messages that a preview shows of those that would go out. */
const SHOWN = 3;

/** The kinds `post-preview` and `post-now`. */
export function postTasks<Tx>(parts: {
  /** Within the transaction of the task. */
  readonly scheduler: (tx: Tx) => Pick<Scheduler, 'preview' | 'runNow'>;
  readonly texts: Readonly<Record<Language, Say>>;
}): Readonly<Record<'post-preview' | 'post-now', TaskHandler<Tx>>> {
  const tell = (task: PostTask, key: string, values: Record<string, number> = {}): Outgoing => ({
    to: task.to,
    message: plainMessage([parts.texts[task.language](key, values)]),
    personId: task.personId,
  });
  const failed: TaskHandler<Tx>['failed'] = async (payload) => [
    tell(PostTask.parse(payload), 'office-post-failed'),
  ];
  return {
    'post-preview': {
      async run(payload, tx) {
        const task = PostTask.parse(payload);
        const say = parts.texts[task.language];
        const at = Temporal.Instant.from(task.at);
        const sends = await parts.scheduler(tx).preview(task.schedule, at);
        const shown = sends.filter(({ confidential }) => !confidential).slice(0, SHOWN);
        return {
          sends: [
            tell(task, 'office-preview', { n: sends.length, shown: shown.length }),
            ...shown.map(
              ({ message }, i): Outgoing => ({
                to: task.to,
                message: previewMessage(say, message, i + 1, sends.length),
                personId: task.personId,
              }),
            ),
          ],
        };
      },
      failed,
    },
    'post-now': {
      async run(payload, tx) {
        const task = PostTask.parse(payload);
        await parts.scheduler(tx).runNow(task.schedule);
        return { sends: [tell(task, 'office-post-done')] };
      },
      failed,
    },
  };
}
