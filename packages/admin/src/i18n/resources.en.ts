/** What kinds of records are called, for the menu; their other texts come with their pages (`page-texts.ts`). */
export const resourcesEn = {
  resources: {
    account: { name: 'My account |||| My account' },
    audit: { name: 'Audit journal |||| Audit journal' },
    clusterings: { name: 'Clustering |||| Clusterings' },
    datasets: { name: 'Data set |||| Data sets' },
    experiments: { name: 'Experiment run |||| Experiments' },
    keys: { name: 'API key |||| API keys' },
    lookalike: { name: 'Explorer' },
    models: { name: 'Model |||| Models' },
    presets: { name: 'Preset |||| Presets' },
    requests: { name: 'Request |||| Requests' },
    schedules: { name: 'Schedule |||| Schedules' },
    searches: { name: 'Search |||| Searches' },
    settings: { name: 'Setting |||| Settings' },
    system: { name: 'Service |||| Service' },
    users: { name: 'User |||| Users' },
    versions: { name: 'Version of data |||| Versions of data' },
  },
};
