import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findOnPath } from './programs.ts';

const run = promisify(execFile);
const KUBERNETES = fileURLToPath(new URL('../../../../deploy/kubernetes', import.meta.url));
const CACHE = join(homedir(), '.cache/kindred');

/** What puts an overlay together: `kubectl kustomize` or `kustomize build`, of the PATH or built by `npm run test:conformance`. */
export function findKustomize(): readonly [string, string] | undefined {
  const kubectl = findOnPath('kubectl');
  if (kubectl !== undefined) return [kubectl, 'kustomize'];
  const kustomize = [findOnPath('kustomize'), join(CACHE, 'kustomize/kustomize')].find(
    (path) => path !== undefined && existsSync(path),
  );
  return kustomize === undefined ? undefined : [kustomize, 'build'];
}

/** A Python with Kubernetes' schemas, installed by `npm run test:conformance`. */
export function findKubernetesValidate(): string | undefined {
  const python = join(CACHE, 'kubernetes-validate/bin/python');
  return existsSync(python) ? python : undefined;
}

/** KEDA's CRDs and its list of scalers, fetched by `npm run test:conformance`. */
export function findKeda(): string | undefined {
  const folder = join(CACHE, 'keda');
  return existsSync(join(folder, 'scalers')) ? folder : undefined;
}

/** The manifests of an overlay, as `kubectl apply -k` would send them. */
export async function buildOverlay([program, verb]: readonly [string, string], overlay: string): Promise<string> {
  return (await run(program, [verb, join(KUBERNETES, 'overlays', overlay)], { maxBuffer: 2 ** 24 })).stdout;
}

/** The Secrets that dev-secrets.sh prints. */
export async function devSecrets(): Promise<string> {
  return (await run('sh', [join(KUBERNETES, 'dev-secrets.sh')])).stdout;
}

/** Lines of deploy/kubernetes/validate.py, one for each resource: its kind, its name, and `valid` or what is wrong. */
export async function validateManifests(python: string, manifests: string, keda?: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-manifests-'));
  try {
    const file = join(folder, 'manifests.yaml');
    await writeFile(file, manifests);
    const args = [join(KUBERNETES, 'validate.py'), file, ...(keda === undefined ? [] : [keda])];
    // It ends with 1 where anything is wrong, and says all the same what.
    const { stdout } = await run(python, args).catch((error: { stdout?: string; stderr?: string }) => {
      if (!error.stdout) throw new Error(error.stderr, { cause: error });
      return { stdout: error.stdout };
    });
    return stdout.trimEnd().split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}
