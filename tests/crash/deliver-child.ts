/**
 * `deliver-child.ts url|dataDir WHERE PLATFORM POINT NTH [looks]`: a process that delivers until
 * SIGTERM, or kills itself the NTH time it gets to POINT: `claimed`, `sent`, `recorded`, or never with
 * `none`. With `looks` it asks the platform what it has.
 */
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../src/db/open.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { deliver } from '../support/delivery.ts';
import { platformAdapter } from './platform.ts';

const [kind, where = '', platform = '', point, nth, looks] = process.argv.slice(2);
let left = Number(nth);
const at = (here: string): void => {
  if (here !== point) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};

const db = await openDatabase(kind === 'url' ? { url: where } : { dataDir: where });
const outbox = createOutbox(db, randomUUID());
const adapter = platformAdapter(platform, {
  answered: () => at('sent'),
  looks: looks === 'looks',
});
const deliverer = deliver(db, [adapter], {
  concurrency: 1,
  pollMs: 200,
  outbox: {
    ...outbox,
    async claim(request) {
      const result = await outbox.claim(request);
      if (result.claimed.length > 0) at('claimed');
      return result;
    },
    async settle(...args) {
      const settled = await outbox.settle(...args);
      at('recorded');
      return settled;
    },
  },
});
process.on('SIGTERM', async () => {
  await deliverer.stop();
  await db.close();
});
await deliverer.drain();
process.stdout.write('ready\n');
