/** The pipeline that labels a data set by what a clustering job has fitted. */
import { z } from 'zod';
import { Artifact } from '../../artifacts/artifact.entity.ts';
import { DomainError } from '../../errors.ts';
import { definePipeline, type Pipeline } from '../../pipelines/pipeline.ts';
import type { Json } from '../../pipelines/stage.ts';
import { tableArtifact } from '../../uploads/stored-tables.ts';
import { PIPELINE_MODEL } from './fitted-pipeline.ts';
import { labelRowsStage } from './label-rows.ts';
import { PIPELINE_FACTS } from './pipeline-facts.ts';

export const LABELLING = 'clustering_labels';

const params = z.strictObject({ job: z.uuid().describe('The job whose pipeline gives the labels') });

export const labellingPipeline: Pipeline = definePipeline({
  name: LABELLING,
  stages: [labelRowsStage],
  params: params as unknown as z.ZodType<Record<string, Json>>,
  async sources(em, job) {
    const names = [PIPELINE_MODEL, PIPELINE_FACTS];
    const fitted = params.parse(job.params).job;
    const found = await em.find(Artifact, { job: fitted, name: { $in: names }, deletedAt: null });
    if (found.length < names.length) {
      throw new DomainError('ARTIFACT_MISSING', 'The job whose pipeline was to give the labels was deleted meanwhile', {
        details: { job: fitted },
      });
    }
    return {
      artifacts: [
        await tableArtifact(em, job.datasetVersion?.id ?? ''),
        ...found.map(({ name, hash, objectKey, bytes }) => ({ name, hash, key: objectKey, bytes })),
      ],
    };
  },
});
