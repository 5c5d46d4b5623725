/** A service of its own for the crash test: starts on the given folder and works until it is killed. */
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { openLogger } from '../logger.ts';
import { startTracing } from '../tracing/start-tracing.ts';
import { TOY_STAGES_MODULE, toyPipeline } from './toy-pipeline.ts';

const config = readConfig();
await startTracing(config, openLogger(config));
const app = await createApp(config, { pipelines: [toyPipeline], stagesModule: TOY_STAGES_MODULE });
app.events.subscribe('stageProgress', ({ stage, status, progress }) =>
  process.stdout.write(`${stage} ${status} ${progress}\n`),
);
await app.start();
process.stdout.write('started\n');
