import { plainRoute, type Route } from '../../route.ts';
import { ERROR_FIELDS } from '../../run-document.ts';
import {
  asBadRequest,
  JOB_FIELDS,
  JOB_NOT_FOUND,
  type JobAnswer,
  jobBody,
  jobId,
  jobJson,
  STAGES,
} from './job-json.ts';

const SUMMARIES: Readonly<Record<(typeof STAGES)[number], string>> = {
  preprocess: 'Fill, clean, transform, scale and encode the columns',
  feature_selection: 'Choose columns',
  dimensionality_reduction: 'Put the rows into fewer columns',
  clustering: 'Put the rows into clusters',
  metrics: 'Judge the clusters',
  visualization: 'Draw the pictures',
};

const common = {
  method: 'post',
  tag: 'clustering',
  response: jobBody,
  status: 202,
  description: 'Answers at once; the job tells how far it is.',
  errors: {
    ...JOB_NOT_FOUND,
    400: 'it is not the turn of this stage, it is done already, or the job runs or has ended',
  },
} as const;

const stageRoute = (stage: (typeof STAGES)[number]): Route =>
  plainRoute({
    ...common,
    id: `run_${stage}`,
    path: `/api/clustering-jobs/{id}/${stage}`,
    summary: SUMMARIES[stage],
    document: `mutation RunStage($id: ID!, $stage: String!) { runClusteringStage(job: $id, stage: $stage) { ... on Job { ${JOB_FIELDS} } ${ERROR_FIELDS} } }`,
    async handle(run, address) {
      const job = await asBadRequest(run({ id: jobId(address.params.id), stage }));
      return { value: jobJson(job as JobAnswer, address) };
    },
  });

const allRoute = (name: 'execute_all_steps' | 'execute_all'): Route =>
  plainRoute({
    ...common,
    id: name,
    path: `/api/clustering-jobs/{id}/${name}`,
    summary: 'Run all stages that are not done, in their order',
    document: `mutation RunAll($id: ID!) { continueJob(id: $id) { ... on Job { ${JOB_FIELDS} } ${ERROR_FIELDS} } }`,
    async handle(run, address) {
      const job = await asBadRequest(run({ id: jobId(address.params.id) }));
      return { value: jobJson(job as JobAnswer, address) };
    },
  });

export const stageRoutes: readonly Route[] = [
  ...STAGES.map(stageRoute),
  allRoute('execute_all_steps'),
  allRoute('execute_all'),
];
