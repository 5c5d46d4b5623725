import { MlError } from '@kindred/ml/errors.ts';
import { type Core, pipelineNamed } from '../../core.ts';
import { CLUSTERING } from '../../datasets/dataset.entity.ts';
import { DomainError } from '../../errors.ts';
import { parseParams } from '../../jobs/create-job.ts';
import { presetNamed } from '../../presets/preset.operations.ts';
import { rolesForJob } from '../../stores/roles-for-job.ts';
import { requireDataset, requireTable } from '../../uploads/stored-tables.ts';
import type { NewClustering } from '../clustering.operations.ts';
import { clusteringParams } from '../clustering-params.ts';
import { expectedTime, type Seconds, together } from './expected-time.ts';
import { type Forecast, forecastStages, type StageForecast } from './forecast.ts';
import { pastPaces } from './past-stages.ts';

/** With the time that it will take here. */
export interface TimedForecast extends Forecast {
  readonly time: Seconds;
  readonly stages: readonly (StageForecast & { readonly time: Seconds })[];
}

/**
 * What a job of this request would need and whether it would be accepted; none is made.
 * @throws DomainError NOT_FOUND for the data set or the preset; INVALID_INPUT for parameters, as the job itself would.
 */
export async function forecastClustering(core: Core, request: Omit<NewClustering, 'start'>): Promise<TimedForecast> {
  const preset = request.preset === undefined ? undefined : await presetNamed(core, CLUSTERING, request.preset);
  const params = parseParams(pipelineNamed(core, CLUSTERING), { ...preset?.params, ...request.params });
  const em = core.database.fork();
  const table = await requireTable(em, await requireDataset(em, request.datasetId));
  try {
    const { computeMemoryBytes, computeThreads, seed } = core.config;
    const whole = clusteringParams.parse({ ...params, ...(await rolesForJob(em, table, params)) });
    const forecast = forecastStages(table, whole, request.seed ?? seed, computeMemoryBytes);
    const paces = await pastPaces(core);
    const stages = forecast.stages.map((stage) => ({ ...stage, time: expectedTime(stage, paces, computeThreads) }));
    return { ...forecast, stages, time: together(stages.map(({ time }) => time)) };
  } catch (error) {
    if (!(error instanceof MlError)) throw error;
    throw new DomainError('INVALID_INPUT', error.message, { details: { field: 'preprocessing' } });
  }
}
