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
import { type Forecast, forecastStages } from './forecast.ts';

/**
 * What a job of this request would need and whether it would be accepted; none is made.
 * @throws DomainError NOT_FOUND for the data set or the preset; INVALID_INPUT for parameters, as the job itself would.
 */
export async function forecastClustering(core: Core, request: Omit<NewClustering, 'start'>): Promise<Forecast> {
  const preset = request.preset === undefined ? undefined : await presetNamed(core, CLUSTERING, request.preset);
  const params = parseParams(pipelineNamed(core, CLUSTERING), { ...preset?.params, ...request.params });
  const em = core.database.fork();
  const table = await requireTable(em, await requireDataset(em, request.datasetId));
  try {
    const { computeMemoryBytes, seed } = core.config;
    const whole = clusteringParams.parse({ ...params, ...(await rolesForJob(em, table, params)) });
    return forecastStages(table, whole, request.seed ?? seed, computeMemoryBytes);
  } catch (error) {
    if (!(error instanceof MlError)) throw error;
    throw new DomainError('INVALID_INPUT', error.message, { details: { field: 'preprocessing' } });
  }
}
