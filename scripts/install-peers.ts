/** Installs what the conformance tests talk to, from PyPI, where Python and PyPI are there; where not, those tests are skipped. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findDvc } from '../packages/api/src/test/dvc-program.ts';
import { findEvidently } from '../packages/api/src/test/evidently.ts';
import { findGreatExpectations } from '../packages/api/src/test/great-expectations.ts';
import { findMlflow } from '../packages/api/src/test/throwaway-mlflow.ts';
import { findMoto } from '../packages/api/src/test/throwaway-s3.ts';

const PEERS = [
  { name: 'dvc', requirements: ['dvc[s3]==3.67.1'], find: findDvc },
  // Evidently 0.7.23 does not import with the pandas 3 that its own bounds allow.
  { name: 'evidently', requirements: ['evidently==0.7.23', 'pandas==2.3.3'], find: findEvidently },
  { name: 'mlflow', requirements: ['mlflow[auth]==3.17.2'], find: findMlflow },
  { name: 'moto', requirements: ['moto[s3,server]==5.2.1'], find: findMoto },
  {
    name: 'great-expectations',
    requirements: ['great_expectations==1.24.1', 'pandas==3.1.1', 'pyarrow==26.0.1'],
    find: findGreatExpectations,
  },
];

function run(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

for (const { name, requirements, find } of PEERS) {
  if (find() !== undefined) continue;
  const folder = join(homedir(), '.cache/kindred', name);
  console.log(`Installing ${requirements.join(', ')} into ${folder}`);
  if (run('python3', '-m', 'venv', folder) && run(join(folder, 'bin/pip'), 'install', '--quiet', ...requirements))
    continue;
  // Half of it would look like all of it the next time.
  rmSync(folder, { recursive: true, force: true });
  console.log(`SKIPPED: ${name} could not be installed, so its tests will be skipped.`);
}
