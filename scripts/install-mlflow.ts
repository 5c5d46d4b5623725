/** Installs MLflow from PyPI for the conformance tests, where Python and PyPI are there; where not, those tests are skipped. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findMlflow } from '../packages/api/src/test/throwaway-mlflow.ts';

const MLFLOW = 'mlflow[auth]==3.17.2';
const folder = join(homedir(), '.cache/kindred/mlflow');

function run(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

if (findMlflow() === undefined) {
  console.log(`Installing ${MLFLOW} into ${folder}`);
  if (!run('python3', '-m', 'venv', folder) || !run(join(folder, 'bin/pip'), 'install', '--quiet', MLFLOW)) {
    // Half of it would look like all of it the next time.
    rmSync(folder, { recursive: true, force: true });
    console.log('MLflow could not be installed: its tests will be skipped.');
  }
}
