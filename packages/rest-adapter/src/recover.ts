import { recoverUser } from '@kindred/api/access/first-administrator.ts';
import { meantName } from '@kindred/api/access/user-name.ts';
import type { Config } from '@kindred/api/config.ts';
import { openDatabase } from '@kindred/api/db/orm.ts';
import { DomainError } from '@kindred/api/errors.ts';

/** `--reset-password <name>`, for whoever runs the service: gives a user a one-time password and ends. The embedded database serves one process, so the service must not run then. */
export async function resetFromTerminal({ dataDir, databaseUrl }: Config, given: string): Promise<void> {
  const name = meantName(given);
  const database = await openDatabase({ dataDir, databaseUrl });
  try {
    const password = await recoverUser({ database }, name);
    if (password === undefined) throw new DomainError('NOT_FOUND', `There is no user ${name.slice(0, 64)}`);
    console.log(
      `\n  ${name} may sign in with the password\n\n    ${password}\n\n  and must choose another one then.\n`,
    );
  } finally {
    await database.close();
  }
}
