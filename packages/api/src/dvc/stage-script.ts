import { resolve } from 'node:path';

/** What `dvc repro` runs: a script of the repository, which finds the code. */
export const STAGE_SCRIPT = 'kindred-stage';

const HOME = resolve(import.meta.dirname, '../../../..');

/** @returns the script. It is the same for every version, and no dependency of a stage: params.yaml has the code's versions. */
export function stageScript(): string {
  return `#!/bin/sh
# Runs one stage of the version that is checked out, with the service's own code.
# KINDRED_HOME names another checkout of that code.
home="\${KINDRED_HOME:-${HOME}}"
node="$home/node_modules/.bin/node"
[ -x "$node" ] || node=node
exec "$node" --no-memory-protection-keys --disable-warning=ExperimentalWarning \\
  "$home/packages/api/src/dvc/run-stage.ts" "$@"
`;
}
