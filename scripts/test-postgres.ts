/**
 * Runs the suite on a PostgreSQL of its own, gone afterwards: `npm run test:postgres [vitest's arguments]`. Without arguments all but
 * packages/ml, which knows no database. SKIPPED where PostgreSQL's programs are not installed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findPostgres, startPostgres } from '../packages/api/src/test/throwaway-postgres.ts';

const PACKAGES = ['packages/api', 'packages/rest-adapter', 'packages/demo'];

const installed = findPostgres();
if (installed) {
  const server = await startPostgres(installed);
  try {
    const given = process.argv.slice(2);
    const suite = spawn('vitest', ['run', ...(given.length > 0 ? given : PACKAGES)], {
      stdio: 'inherit',
      env: { ...process.env, TEST_DATABASE_URL: server.url },
    });
    const [code] = await once(suite, 'exit');
    process.exitCode = typeof code === 'number' ? code : 1;
  } finally {
    await server.stop();
  }
} else {
  console.log('SKIPPED: PostgreSQL is not installed, so the suite has run on PGlite alone.');
}
