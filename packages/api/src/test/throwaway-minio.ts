import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { searchPath } from './programs.ts';

const MAKE_BUCKET = fileURLToPath(new URL('../../../../deploy/minio/make-bucket.sh', import.meta.url));

/** Folder of the programs `minio` and `mc`: `KINDRED_MINIO`, one of the PATH, or where `npm run test:conformance` builds them. */
export function findMinio(): string | undefined {
  const folders = [process.env.KINDRED_MINIO, ...searchPath(), join(homedir(), '.cache/kindred/minio')];
  return folders.find(
    (folder): folder is string =>
      folder !== undefined && ['minio', 'mc'].every((name) => existsSync(join(folder, name))),
  );
}

export interface ThrowawayMinio {
  readonly url: string;
  /** Runs deploy/minio/make-bucket.sh, as the compose file does, for a key of this secret. */
  makeBucket(key: string, secret: string): void;
  stop(): Promise<void>;
}

/** A MinIO of its own in a temporary folder inside of `under`. */
export async function startMinio(programs: string, under = tmpdir()): Promise<ThrowawayMinio> {
  const folder = mkdtempSync(join(under, 'kindred-minio-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const root = { user: 'root', password: 'root-password-of-tests' };
  const server = spawn(join(programs, 'minio'), ['server', join(folder, 'data'), '--address', `127.0.0.1:${port}`], {
    env: { HOME: folder, MINIO_BROWSER: 'off', MINIO_ROOT_USER: root.user, MINIO_ROOT_PASSWORD: root.password },
    stdio: 'ignore',
  });
  while (!(await answers(`${url}/minio/health/ready`))) {
    if (server.exitCode !== null) throw new Error('minio did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    makeBucket(key, secret) {
      const files = { ROOT_PASSWORD_FILE: join(folder, 'root-password'), SECRET_FILE: join(folder, 'secret') };
      writeFileSync(files.ROOT_PASSWORD_FILE, `${root.password}\n`);
      writeFileSync(files.SECRET_FILE, `${secret}\n`);
      const env = {
        HOME: folder,
        PATH: `${programs}:${process.env.PATH}`,
        STORE: url,
        ROOT_USER: root.user,
        ...files,
        KEY: key,
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
