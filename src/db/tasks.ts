import type { TaskStore } from '../engine/tasks.ts';
import type { Database, Queryable } from './database.ts';
import { enqueue } from './enqueue.ts';
import { json } from './json.ts';

/** Tasks in the database; what a handler gets as `tx` is made from the transaction. */
export const createTaskStore = <Tx>(db: Database, open: (tx: Queryable) => Tx): TaskStore<Tx> => ({
  async takeOne(kinds, work) {
    let failed: { task: Parameters<typeof work>[0]; failure: unknown } | null = null;
    try {
      return await db.transaction(async (tx) => {
        const [task] = await tx.query<Parameters<typeof work>[0]>(
          `select id, kind, payload, attempts from task
           where failure is null and due_at <= clock_timestamp()
             and kind in (select jsonb_array_elements_text($1::jsonb))
           order by due_at, id limit 1 for update skip locked`,
          [json(kinds)],
        );
        if (!task) return false;
        try {
          const { sends, againInMs } = await work(task, open(tx));
          await enqueue(tx, sends);
          await (againInMs === undefined
            ? tx.query('delete from task where id = $1::int', [task.id])
            : tx.query(
                `update task set attempts = 0,
                   due_at = clock_timestamp() + $2::float8 * interval '1 millisecond'
                 where id = $1::int`,
                [task.id, againInMs],
              ));
        } catch (failure) {
          failed = { task, failure };
          throw failure;
        }
        return true;
      });
    } catch (error) {
      if (failed === null) throw error;
      return failed;
    }
  },
  async postpone(task, ms) {
    await db.query(
      `update task set attempts = attempts + 1,
         due_at = clock_timestamp() + $2::float8 * interval '1 millisecond'
       where id = $1::int and attempts = $3::int and failure is null`,
      [task.id, ms, task.attempts],
    );
  },
  giveUp: (task, cause, said) =>
    db.transaction(async (tx) => {
      const gone = await tx.query(
        `update task set attempts = attempts + 1, failure = $2::text
         where id = $1::int and attempts = $3::int and failure is null returning id`,
        [task.id, cause, task.attempts],
      );
      if (gone.length > 0) await enqueue(tx, await said(open(tx)));
    }),
});
