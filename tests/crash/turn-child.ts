/**
 * `turn-child.ts URL DELIVERY POINT`: receives one event whose answer is a message, and kills itself
 * `before` the commit or `after` it, before anything is delivered or acknowledged; or never (`none`).
 */
import { openDatabase } from '../../src/db/open.ts';
import { createTurnStore } from '../../src/db/turn-store.ts';
import { nothing } from '../../src/engine/decision.ts';
import { to } from '../support/delivery.ts';
import { says, testTurns } from '../support/turns.ts';

const [url = '', delivery = '', point] = process.argv.slice(2);
const at = (here: string): void => {
  if (here === point) process.kill(process.pid, 'SIGKILL');
};

const db = await openDatabase({ url });
const store = createTurnStore(db);
const turns = testTurns(
  db,
  async () => ({ ...nothing, sends: [to('an', `answer to ${delivery}`)] }),
  {
    async commit(turn) {
      at('before');
      const result = await store.commit(turn);
      at('after');
      return result;
    },
  },
);
await turns.receive(says('an', 'hello', delivery));
await db.close();
process.stdout.write('acknowledged\n');
