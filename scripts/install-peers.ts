/** Installs what the conformance tests talk to, from PyPI, where Python and PyPI are there; where not, those tests are skipped. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findEvidently } from '../packages/api/src/test/evidently.ts';
import { findMlflow } from '../packages/api/src/test/throwaway-mlflow.ts';
import { findMoto } from '../packages/api/src/test/throwaway-s3.ts';

const PEERS = [
  // Evidently 0.7.23 does not import with the pandas 3 that its own bounds allow.
  { name: 'evidently', requirement: 'evidently==0.7.23 pandas==2.3.3', find: findEvidently },
  { name: 'mlflow', requirement: 'mlflow[auth]==3.17.2', find: findMlflow },
  { name: 'moto', requirement: 'moto[s3,server]==5.2.1', find: findMoto },
];

function run(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

for (const { name, requirement, find } of PEERS) {
  if (find() !== undefined) continue;
  const folder = join(homedir(), '.cache/kindred', name);
  console.log(`Installing ${requirement} into ${folder}`);
  if (
    run('python3', '-m', 'venv', folder) &&
    run(join(folder, 'bin/pip'), 'install', '--quiet', ...requirement.split(' '))
  )
    continue;
  // Half of it would look like all of it the next time.
  rmSync(folder, { recursive: true, force: true });
  console.log(`SKIPPED: ${name} could not be installed, so its tests will be skipped.`);
}
