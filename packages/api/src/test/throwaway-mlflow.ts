import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.ts';
import { findFromPypi } from './programs.ts';

/** The program `mlflow`: by `KINDRED_MLFLOW`, on the PATH, or where `npm run test:conformance` installs it. */
export function findMlflow(): string | undefined {
  return findFromPypi(process.env.KINDRED_MLFLOW, 'mlflow', 'mlflow');
}

/** Whether this MLflow was installed with what passwords need, which `pip install mlflow[auth]` brings. */
export function canWantPasswords(program: string): boolean {
  return spawnSync(join(dirname(program), 'python'), ['-c', 'import flask_wtf']).status === 0;
}

export interface ThrowawayMlflow {
  readonly url: string;
  /** The Python that has MLflow's own client. */
  readonly python: string;
  /** Ends it at once, as a crash does; `start` brings it back at the same address with the same store. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its store. */
  dispose(): Promise<void>;
}

export interface MlflowOptions {
  /** False: whoever writes artifacts must reach the folder that the server names. */
  readonly proxiesArtifacts?: boolean;
  /** Password of the user `admin`; without it everybody is let in. */
  readonly password?: string;
}

/** A tracking server of its own in a temporary folder: SQLite, and artifacts through its proxy. */
export async function startMlflow(program: string, options: MlflowOptions = {}): Promise<ThrowawayMlflow> {
  const { proxiesArtifacts = true, password } = options;
  const folder = mkdtempSync(join(tmpdir(), 'kindred-mlflow-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const store = ['--backend-store-uri', `sqlite:///${folder}/mlflow.db`];
  const artifacts = proxiesArtifacts
    ? ['--artifacts-destination', join(folder, 'artifacts'), '--serve-artifacts']
    : ['--default-artifact-root', join(folder, 'artifacts'), '--no-serve-artifacts'];
  const auth = password === undefined ? [] : ['--app-name', 'basic-auth'];
  let server: ChildProcess | undefined;
  const kill = async () => {
    if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    // With its own workers, which would go on to hold the port.
    process.kill(-server.pid, 'SIGKILL');
    await exit;
  };
  const start = async () => {
    const begun = spawn(program, ['server', ...settings, ...store, ...artifacts, ...auth], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        MLFLOW_DISABLE_TELEMETRY: 'true',
        MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
        ...(password === undefined
          ? {}
          : { MLFLOW_AUTH_ADMIN_PASSWORD: password, MLFLOW_FLASK_SERVER_SECRET_KEY: 'of a test' }),
      },
    });
    server = begun;
    let log = '';
    for (const stream of [begun.stdout, begun.stderr])
      stream.on('data', (chunk) => {
        log = (log + chunk).slice(-20_000);
      });
    while (!(await healthy(url))) {
      if (begun.exitCode !== null) throw new Error(`MLflow did not start: ${log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await start();
  return {
    url,
    python: join(dirname(program), 'python'),
    kill,
    start,
    async dispose() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function healthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );
}
