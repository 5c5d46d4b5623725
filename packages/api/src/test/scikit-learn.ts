import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A Python with scikit-learn: `KINDRED_PYTHON`, or where `npm run test:conformance` installs it. */
export function findScikitLearn(): string | undefined {
  const installed = join(homedir(), '.cache/kindred/scikit-learn/bin/python');
  return process.env.KINDRED_PYTHON ?? (existsSync(installed) ? installed : undefined);
}
