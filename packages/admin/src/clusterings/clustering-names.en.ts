/** What lists of clusterings show, and other pages of them. */
export const clusteringNamesEn = {
  resources: {
    clusterings: {
      fields: {
        datasetVersion: 'Data',
        method: 'Method',
        status: 'Status',
        clusters: 'Clusters',
        rows: 'Rows',
        silhouette: 'Silhouette',
        createdAt: 'Created',
      },
    },
  },
  clusterings: {
    clusters: '%{smart_count} cluster |||| %{smart_count} clusters',
    empty: {
      title: 'No clusterings yet',
      text: 'A clustering puts the rows of a table into groups of those that are alike. Choose a table or upload one; the defaults do well for a first look.',
    },
    create: {
      label: 'New clustering',
    },
    method: {
      none: 'None',
      agglomerative: 'Agglomerative',
      dbscan: 'DBSCAN',
      gaussian_mixture: 'Gaussian mixture',
      hdbscan: 'HDBSCAN',
      k_means: 'k-means',
      optics: 'OPTICS',
      spectral: 'Spectral',
      all_columns: 'All columns',
      autoencoder: 'Autoencoder',
      correlation_threshold: 'No two columns that correlate',
      factor_analysis: 'Factor analysis',
      k_means_columns: 'Columns that k-means tells clusters by',
      kernel_pca: 'Kernel PCA',
      mutual_information_columns: 'Columns of mutual information',
      pca: 'Principal components (PCA)',
      t_sne: 't-SNE',
      umap: 'UMAP',
      variance_threshold: 'Variance above a threshold',
    },
  },
};
