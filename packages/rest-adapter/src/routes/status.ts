import { z } from 'zod';
import { plainRoute } from '../route.ts';

interface Status {
  readonly ready: boolean;
  readonly modelVersion: string | null;
  readonly dataVersion: string | null;
  readonly pipelineStatus: string;
}

export const status = plainRoute({
  id: 'status',
  method: 'get',
  path: '/status',
  tag: 'service',
  summary: 'What serves, and whether a pipeline is at work',
  response: z
    .object({
      ready: z.boolean().meta({ description: 'Audiences can be asked for.' }),
      model_version: z.string().nullable(),
      data_version: z.string().nullable().meta({ description: 'The last version that entered the catalog.' }),
      pipeline_status: z.enum(['idle', 'running', 'failed']),
    })
    .meta({ id: 'Status' }),
  errors: {},
  document: 'query Status { serviceStatus { ready modelVersion dataVersion pipelineStatus } }',
  async handle(run) {
    const { ready, modelVersion, dataVersion, pipelineStatus } = (await run()) as Status;
    return {
      value: { ready, model_version: modelVersion, data_version: dataVersion, pipeline_status: pipelineStatus },
    };
  },
});
