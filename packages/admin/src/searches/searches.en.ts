export const searchesEn = {
  resources: {
    searches: {
      fields: { datasetVersion: 'Data', status: 'Status', took: 'Took', createdAt: 'Created' },
    },
  },
  searches: {
    title: 'Search on %{data}',
    empty: {
      title: 'No searches yet',
      text: 'A search tries preparations, reductions and methods with their numbers of clusters while its time lasts, and puts what it finds in order.',
    },
    create: {
      label: 'New search',
      budget: 'Time and choices',
      about: 'The more time, the more pipelines are tried. The rest does well as it is.',
      start: 'Start the search',
      done: 'The search runs',
    },
    counts: 'Numbers of clusters to try',
    underway: 'Underway',
    leaderboard: 'Leaderboard',
    rank: 'Rank',
    pipeline: 'Pipeline',
    score: 'Score',
    silhouette: 'Silhouette',
    noise: 'In no cluster',
    stability: 'Stability',
    actions: 'Make of it',
    make_job: 'A clustering of rank %{rank}',
    make_preset: 'A preset of rank %{rank}',
    state: {
      final: 'finalist, on all rows',
      screened: 'on the sample',
      degenerate: 'tells nothing',
      failed: 'failed',
      skipped: 'skipped',
      not_reached: 'not reached',
    },
  },
};
