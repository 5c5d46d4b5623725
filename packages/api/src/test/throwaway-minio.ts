import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { findOnPath } from './programs.ts';

const MAKE_BUCKET = fileURLToPath(new URL('../../../../deploy/minio/make-bucket.sh', import.meta.url));

/** The programs `minio` and `mc` of one folder: `KINDRED_MINIO`, or where the PATH has them. Nobody installs them by itself. */
export function findMinio(): string | undefined {
  const folder = process.env.KINDRED_MINIO;
  if (folder !== undefined) return folder;
  const found = findOnPath('minio');
  return found !== undefined && findOnPath('mc') !== undefined ? found.slice(0, -'/minio'.length) : undefined;
}

export interface ThrowawayMinio {
  readonly url: string;
  /** Runs deploy/minio/make-bucket.sh, as the compose file does, for a key of this secret. */
  makeBucket(key: string, secret: string): void;
  stop(): Promise<void>;
}

/** A MinIO of its own in a temporary folder. */
export async function startMinio(programs: string): Promise<ThrowawayMinio> {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-minio-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const root = { ROOT_USER: 'root', ROOT_PASSWORD: 'root-password-of-tests' };
  const server = spawn(join(programs, 'minio'), ['server', join(folder, 'data'), '--address', `127.0.0.1:${port}`], {
    env: { HOME: folder, MINIO_ROOT_USER: root.ROOT_USER, MINIO_ROOT_PASSWORD: root.ROOT_PASSWORD },
    stdio: 'ignore',
  });
  while (!(await answers(`${url}/minio/health/ready`))) {
    if (server.exitCode !== null) throw new Error('minio did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    makeBucket(key, secret) {
      const env = {
        HOME: folder,
        PATH: `${programs}:${process.env.PATH}`,
        STORE: url,
        ...root,
        KEY: key,
        SECRET: secret,
      };
      execFileSync('sh', [MAKE_BUCKET], { env, stdio: 'pipe' });
    },
    async stop() {
      const exit = once(server, 'exit');
      server.kill('SIGKILL');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );
}
