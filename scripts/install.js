// Installs the workspace with the pinned pnpm. Runs on the machine's own Node (20 or newer), before Node 24 is there.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const result = spawnSync(
  'npx',
  ['--yes', `pnpm@${devDependencies.pnpm}`, 'install', '--frozen-lockfile', '--prefer-offline'],
  {
    cwd: new URL('..', import.meta.url),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  },
);
process.exit(result.status ?? 1);
