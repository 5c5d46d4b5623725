/**
 * Runs one stage of a pipeline over a folder: `node packages/api/src/pipelines/run-stage.ts <stage> <folder> [params.yaml]`.
 * What `dvc repro` calls. Inputs and outputs are files of the folder; batches lie under `<folder>/batches/<table>/<id>.json`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { lookalikeStages } from '../lookalike/stages/stages.ts';
import { DirectoryStageContext } from './directory-context.ts';

const paramsFile = z.looseObject({
  seed: z.int().default(1),
  lookalike: z.record(z.string(), z.json()).default({}),
});

const [stageName, folder, paramsPath] = process.argv.slice(2);
const stage = lookalikeStages.find(({ name }) => name === stageName);
if (!stage || !folder) {
  console.error(`usage: run-stage <${lookalikeStages.map(({ name }) => name).join('|')}> <folder> [params.yaml]`);
  process.exit(2);
}
const { seed, lookalike } = paramsFile.parse(paramsPath ? parse(readFileSync(paramsPath, 'utf8')) : {});
const context = await DirectoryStageContext.open(folder, {
  seed,
  params: lookalike,
  resolve: (name) => {
    const batch = /^batch\.(\w+)\.(\d+)$/.exec(name);
    const path = batch ? join(folder, 'batches', batch[1], `${batch[2]}.json`) : join(folder, name);
    return existsSync(path) ? path : undefined;
  },
});
const started = performance.now();
const result = await stage.run(context);
await context.outputJson(`summary.${stage.name}`, result.summary);
console.log(
  JSON.stringify({ stage: stage.name, seconds: Number(((performance.now() - started) / 1000).toFixed(2)), ...result }),
);
if (result.stop) {
  console.error('The pipeline stops here.');
  process.exitCode = 1;
}
