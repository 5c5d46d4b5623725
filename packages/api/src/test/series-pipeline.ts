import { z } from 'zod';
import { DatasetVersion } from '../datasets/dataset-version.entity.ts';
import { recordDrift, recordPublish } from '../lookalike/lookalike.records.ts';
import { definePipeline } from '../pipelines/pipeline.ts';
import { STAGES } from './series-stages.ts';
import { toyPipeline } from './toy-pipeline.ts';

export const SERIES_STAGES_MODULE = new URL('./series-stages.ts', import.meta.url).href;

/** Versions that are refused, processed, trained on or not as they say; trainings are recorded by the look-alike pipeline's code. */
export const seriesPipeline = definePipeline({
  name: 'series',
  stages: STAGES.series,
  params: z.strictObject({}),
  sources: toyPipeline.sources,
  record: {
    async check(tx, { job, result }) {
      const version = await tx.findOneOrFail(DatasetVersion, job.datasetVersion?.id ?? '');
      Object.assign(version, { status: result.summary.valid ? 'processed' : 'invalid', processedAt: new Date() });
    },
    drift: recordDrift,
    publish: recordPublish,
  },
});
