export const experimentsEn = {
  resources: {
    experiments: {
      fields: {
        runId: 'Run',
        status: 'State',
        published: 'Became a model',
        datasetVersion: 'Data',
        modelVersion: 'Model',
        map: 'MAP@100',
        ndcg: 'NDCG@100',
        startedAt: 'Begun',
        endedAt: 'Ended',
        experiment: 'Experiment',
        job: 'Job',
        dvcTag: 'DVC tag',
      },
    },
  },
  experiments: {
    title: 'Training on %{data}',
    not_published: 'not published',
    metrics: 'Metrics',
    params: 'Parameters',
    tags: 'Tags',
    facts: 'About this run',
    status: { RUNNING: 'Running', FINISHED: 'Completed', FAILED: 'Failed', KILLED: 'Cancelled' },
    empty: {
      title: 'No trainings yet',
      text: 'Every real training leaves a run here: its parameters, metrics and what became of it. The first version of data that is committed brings the first one.',
    },
  },
};
