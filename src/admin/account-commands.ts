import type { Command } from 'commander';
import { listAccounts, unlinkAccount } from '../db/accounts.ts';
import { type Shell, withDatabase } from './shell.ts';

export function accountCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;
  const accounts = program.command('accounts').description(say('admin-accounts'));

  accounts
    .command('list')
    .description(say('admin-accounts-list'))
    .argument('[codes...]', say('admin-arg-person-codes'))
    .action(async (codes: string[]) => {
      await withDatabase(shell, undefined, async ({ db }) => {
        const rows = await listAccounts(db, codes.length > 0 ? codes : null);
        for (const { account, personCode, name, since, reachable } of rows) {
          const line = { account, code: personCode, name, since: since.slice(0, 10) };
          out(say('admin-account-line', { ...line, state: reachable ? 'reachable' : 'away' }));
        }
        out(say('admin-accounts-shown', { n: rows.length }));
      });
    });

  accounts
    .command('unlink')
    .description(say('admin-accounts-unlink'))
    .argument('<account>', say('admin-arg-account'))
    .action(async (account: string) => {
      await withDatabase(shell, undefined, async ({ db, now }) => {
        out(
          say('admin-account-unlinked', {
            account,
            name: await unlinkAccount(db, account, { now }),
          }),
        );
      });
    });
}
