import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Session } from './session.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

const path = z.union([z.string(), z.record(z.string(), z.unknown())]);
const pipeline = z.object({
  stages: z.record(
    z.string(),
    z.object({
      cmd: z.union([z.string(), z.array(z.string())]),
      deps: z.array(path).optional(),
      params: z.array(path).optional(),
      outs: z.array(path).optional(),
      metrics: z.array(path).optional(),
    }),
  ),
});

function lookUp(params: unknown, dotted: string): unknown {
  return dotted
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined,
      params,
    );
}

/** Checks 1.20 and the lock's part of 5.25, on the files of the repository. */
export function checkDvcFiles(session: Session): void {
  const { verdicts } = session;
  const [dvcFile, paramsFile, lockFile] = ['dvc.yaml', 'params.yaml', 'dvc.lock'].map((name) => join(ROOT, name)) as [
    string,
    string,
    string,
  ];
  verdicts.check('1.20', existsSync(dvcFile) && existsSync(paramsFile), 'dvc.yaml or params.yaml is not there');
  if (!existsSync(dvcFile) || !existsSync(paramsFile)) return;
  const parsed = pipeline.safeParse(parse(readFileSync(dvcFile, 'utf8')));
  verdicts.check('1.20', parsed.success, `dvc.yaml: ${parsed.success ? '' : z.prettifyError(parsed.error)}`);
  if (!parsed.success) return;
  const params = parse(readFileSync(paramsFile, 'utf8')) as unknown;
  const stages = Object.entries(parsed.data.stages);
  verdicts.check('1.20', stages.length >= 3, `${stages.length} stages`);
  const produced = new Set(
    stages.flatMap(([, stage]) => [...(stage.outs ?? []), ...(stage.metrics ?? [])].map(nameOf)),
  );
  for (const [name, stage] of stages) {
    for (const param of stage.params ?? [])
      if (typeof param === 'string')
        verdicts.check('1.20', lookUp(params, param) !== undefined, `stage ${name}: params.yaml has no ${param}`);
    for (const dep of stage.deps ?? [])
      verdicts.check(
        '1.20',
        produced.has(nameOf(dep)) || existsSync(join(ROOT, nameOf(dep))),
        `stage ${name}: nothing makes ${nameOf(dep)}`,
      );
  }
  if (!existsSync(lockFile)) return;
  const lock = z.object({ stages: z.record(z.string(), z.unknown()) }).safeParse(parse(readFileSync(lockFile, 'utf8')));
  const names = lock.success ? Object.keys(lock.data.stages).sort().join() : 'unreadable';
  verdicts.check(
    '5.25',
    names ===
      stages
        .map(([name]) => name)
        .sort()
        .join(),
    `dvc.lock holds ${names}`,
  );
}

function nameOf(entry: string | Record<string, unknown>): string {
  return typeof entry === 'string' ? entry : (Object.keys(entry)[0] ?? '');
}

/** Check 5.29: runs `dvc repro` where the tool is installed. */
export function checkDvcRepro(session: Session): void {
  const { verdicts } = session;
  try {
    execFileSync('dvc', ['--version'], { stdio: 'ignore' });
  } catch {
    verdicts.skip('5.29', 'dvc is not installed here (pip install dvc)');
    return;
  }
  try {
    execFileSync('dvc', ['repro'], { cwd: ROOT, stdio: 'pipe', timeout: 900_000 });
    verdicts.check('5.29', true, '');
  } catch (error) {
    verdicts.check('5.29', false, `dvc repro: ${error instanceof Error ? error.message.slice(0, 400) : error}`);
  }
}
