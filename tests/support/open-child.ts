/** `open-child.ts url|dataDir WHERE`: opens a database, says so, holds it until it is killed or told to close. */
import { openDatabase } from '../../src/db/open.ts';

const [kind, where] = process.argv.slice(2);
const db = await openDatabase(kind === 'url' ? { url: where } : { dataDir: where });
const [row] = await db.query<{ n: number }>('select count(*) as n from unit');
process.stdout.write(`open ${row?.n}\n`);
if (kind === 'url') await db.close();
else setInterval(() => {}, 1_000);
