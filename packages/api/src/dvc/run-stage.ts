/**
 * Runs a stage of the version that is checked out in the current folder, a clone of the service's DVC repository:
 * `node packages/api/src/dvc/run-stage.ts <stage>`. What `dvc repro` calls there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { canonicalJson } from '../objects/canonical-json.ts';
import { DirectoryStageContext } from '../pipelines/directory-context.ts';
import { PIPELINES } from '../pipelines/pipelines.ts';
import { REPORTS as REPORT_FILES } from '../pipelines/reports.ts';
import { readIfThere } from './read-if-there.ts';
import { BATCHES, DATA, REPORTS, RUN } from './revision-plan.ts';

const paramsFile = z.looseObject({ seed: z.int(), code: z.record(z.string(), z.int()) });

const [name] = process.argv.slice(2);
const raw: unknown = parse(readFileSync('params.yaml', 'utf8'));
const { seed, code, ...rest } = paramsFile.parse(raw);
const pipeline = PIPELINES.find((candidate) => candidate.name in rest);
if (!pipeline || !name) fail('usage: kindred-stage <stage>, in a clone of the DVC repository');

if (name === 'reports') await makeReports();
else await runStage();

async function runStage(): Promise<void> {
  const stage = pipeline?.stages.find((candidate) => candidate.name === name);
  if (!pipeline || !stage) fail(`pipeline ${pipeline?.name} has no stage ${name}`);
  if (code[stage.name] !== stage.codeVersion)
    fail(
      `params.yaml asks for version ${code[stage.name]} of the code of ${stage.name}, this is ${stage.codeVersion}: ` +
        'set KINDRED_HOME to a checkout of that commit (Kindred-Code in the log), or set the number to take this one',
    );
  const params = z.record(z.string(), z.json()).parse(rest[pipeline.name]);
  const context = await DirectoryStageContext.open(RUN, { seed, params, resolve: locate });
  const result = await stage.run(context);
  await writeFile(join(RUN, `summary.${stage.name}`), canonicalJson(result.summary));
}

async function makeReports(): Promise<void> {
  await mkdir(REPORTS, { recursive: true });
  const files =
    (await REPORT_FILES[pipeline?.name ?? '']?.files((file) => readIfThere(locate(file) ?? join(RUN, file)))) ?? [];
  for (const [file, content] of files) await writeFile(join(REPORTS, file), content);
}

function locate(artifact: string): string | undefined {
  const batch = /^batch\.(\w+)\.(\d+)$/.exec(artifact);
  const places = batch ? [`${BATCHES}/${batch[1]}/${batch[2]}.json`] : [`${RUN}/${artifact}`, `${DATA}/${artifact}`];
  return places.find((path) => existsSync(path));
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
