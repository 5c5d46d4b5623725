export const labelsEn = {
  labels: {
    start: 'Label another table…',
    title: 'Label another data set',
    about:
      'Every row gets the cluster that this clustering has for it. Nothing is fitted again, and no row is left out.',
    dataset: 'Data set',
    fits: 'Tables with the columns that it needs',
    fits_not: 'Tables that it cannot label',
    rows: '%{count} row |||| %{count} rows',
    none: 'There is no uploaded table.',
    none_fits: 'No table has the columns that it needs. Choose one to see what is amiss.',
    misfit: {
      title: '%{name} cannot be labelled',
      missing: 'The column %{column} (%{wanted}) is missing.',
      unknown: 'The data of the clustering has no column %{column}.',
      type: 'The column %{column} is of type %{found}; the clustering was fitted on type %{wanted}.',
      advice: 'Upload a file with these columns put right, as a new data set or as a newer file of this one.',
    },
    submit: 'Label its rows',
    keep: 'Cancel',
    done: 'The rows are being labelled',
    empty: {
      title: 'Nothing labelled yet',
      text: 'This clustering can tell for the rows of other tables into which of its clusters they fall.',
    },
    rule: 'How a new row gets its cluster: %{rule}.',
    natural: 'So the method itself defines it.',
    convention: 'The method defines none for new rows: this is the rule of the service.',
    own: 'Of %{rows} rows of the fit, labelled again as if they were new, %{share} got their own cluster.',
    download: 'Download the labels',
    to_job: 'The job',
  },
};
