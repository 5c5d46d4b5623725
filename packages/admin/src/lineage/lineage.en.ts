export const lineageEn = {
  lineage: {
    title: 'Lineage',
    graph: 'Graph of what was made from what',
    hint: 'From left to right: what was needed for what. A box leads to its page, or to its own lineage.',
    truncated: 'There is more than can be drawn. Go to one of the boxes to see what lies around it.',
    show: { batches: 'Batches', steps: 'Steps and files' },
    kind: {
      batch: 'Batch',
      manifest: 'Manifest',
      dataset_version: 'Version of data',
      stage_run: 'Step',
      artifact: 'File',
      experiment_run: 'Experiment run',
      model_version: 'Model',
      deployment: 'Deployment',
    },
  },
};
