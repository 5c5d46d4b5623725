/**
 * Installs what the conformance tests talk to, from PyPI and Go's proxy, where Python, Go and these are there; where not, those tests
 * are skipped.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findDvc } from '../packages/api/src/test/dvc-program.ts';
import { findEvidently } from '../packages/api/src/test/evidently.ts';
import { findGreatExpectations } from '../packages/api/src/test/great-expectations.ts';
import { findKeda, findKubernetesValidate, findKustomize } from '../packages/api/src/test/manifest-tools.ts';
import { findScikitLearn } from '../packages/api/src/test/scikit-learn.ts';
import { findMinio } from '../packages/api/src/test/throwaway-minio.ts';
import { findMlflow } from '../packages/api/src/test/throwaway-mlflow.ts';
import { findMoto } from '../packages/api/src/test/throwaway-s3.ts';

const PYTHON_PEERS = [
  { name: 'dvc', requirements: ['dvc[s3]==3.67.1'], find: findDvc },
  // Evidently 0.7.23 does not import with the pandas 3 that its own bounds allow.
  { name: 'evidently', requirements: ['evidently==0.7.23', 'pandas==2.3.3'], find: findEvidently },
  { name: 'kubernetes-validate', requirements: ['kubernetes-validate==1.37.0'], find: findKubernetesValidate },
  { name: 'mlflow', requirements: ['mlflow[auth]==3.17.2'], find: findMlflow },
  { name: 'moto', requirements: ['moto[s3,server]==5.2.1'], find: findMoto },
  { name: 'scikit-learn', requirements: ['scikit-learn==1.9.1'], find: findScikitLearn },
  {
    name: 'great-expectations',
    requirements: ['great_expectations==1.24.1', 'pandas==3.1.1', 'pyarrow==26.0.1'],
    find: findGreatExpectations,
  },
];

/**
 * MinIO is of the release that docker-compose.yml names; its client is the newest that Go's checksum database knows. They take 12
 * minutes of a core to build, which is too much to be asked of everybody.
 */
const GO_PEERS = [
  { name: 'kustomize', modules: ['sigs.k8s.io/kustomize/kustomize/v5@v5.8.3'], find: findKustomize },
  {
    name: 'minio',
    modules: [
      'github.com/minio/minio@v0.0.0-20250907161309-07c3a429bfed',
      'github.com/minio/mc@v0.0.0-20250313080218-cf909e1063a9',
    ],
    find: findMinio,
    wanted: process.env.KINDRED_BUILD_MINIO === '1',
  },
];
const KEDA = 'github.com/kedacore/keda/v2@v2.21.0';

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
  return (
    spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } }).status === 0
  );
}

/** Installs a peer unless it is there. */
function provide(name: string, what: string, found: unknown, install: (folder: string) => boolean): void {
  if (found !== undefined) return;
  const folder = join(homedir(), '.cache/kindred', name);
  console.log(`Installing ${what} into ${folder}`);
  if (install(folder)) return;
  // Half of it would look like all of it the next time.
  rmSync(folder, { recursive: true, force: true });
  console.log(`SKIPPED: ${name} could not be installed, so its tests will be skipped.`);
}

/** KEDA's CRDs and the list of its scalers are files of its module. */
function copyKeda(folder: string): boolean {
  if (!run('go', ['mod', 'download', KEDA])) return false;
  const from = spawnSync('go', ['list', '-m', '-f', '{{.Dir}}', KEDA], { encoding: 'utf8' }).stdout.trim();
  cpSync(join(from, 'config/crd/bases'), join(folder, 'crds'), { recursive: true });
  cpSync(join(from, 'schema/generated'), join(folder, 'scalers'), { recursive: true });
  return true;
}

for (const { name, requirements, find } of PYTHON_PEERS)
  provide(
    name,
    requirements.join(', '),
    find(),
    (folder) =>
      run('python3', ['-m', 'venv', folder]) && run(join(folder, 'bin/pip'), ['install', '--quiet', ...requirements]),
  );
for (const { name, modules, find, wanted = true } of GO_PEERS) {
  if (wanted)
    provide(name, modules.join(', '), find(), (folder) =>
      modules.every((module) => run('go', ['install', module], { GOBIN: folder })),
    );
  else if (find() === undefined) console.log(`SKIPPED: ${name} is built where KINDRED_BUILD_MINIO is 1.`);
}
provide('keda', KEDA, findKeda(), copyKeda);
