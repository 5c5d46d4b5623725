import type { Json } from '../pipelines/stage.ts';
import { FEATURE_GROUPS } from '../stores/feature-groups.ts';

export interface BuiltInPreset {
  readonly pipeline: string;
  readonly name: string;
  readonly description: string;
  readonly params: Record<string, Json>;
}

/** THE LIST of presets that come with the service. What they do not name has the default of its method. */
export const BUILT_IN_PRESETS: readonly BuiltInPreset[] = [
  {
    pipeline: 'clustering',
    name: 'quick-look',
    description: 'Three clusters by k-means on the scaled columns: a first look at any table.',
    params: { clustering: { method: 'kmeans', params: { n_clusters: 3 } } },
  },
  {
    pipeline: 'clustering',
    name: 'taxpayers',
    description: 'Columns that say nothing new left out, the rest put into factors, six groups by a Gaussian mixture.',
    params: {
      feature_selection: { method: 'correlation', params: { threshold: 0.6 } },
      dimensionality_reduction: { method: 'factor_analysis', params: { n_components: 10 } },
      clustering: { method: 'gmm', params: { n_components: 6 } },
    },
  },
  {
    pipeline: 'clustering',
    name: 'dense-groups',
    description: 'Groups of any form and rows that belong to none, by density in the places that UMAP finds.',
    params: {
      dimensionality_reduction: { method: 'umap', params: { n_components: 5 } },
      clustering: { method: 'hdbscan', params: {} },
    },
  },
  {
    pipeline: 'clustering',
    name: 'stores',
    description:
      "Stores (hypermarkets, where the table tells formats) by Ward's method on the principal components that Kaiser's criterion keeps.",
    params: {
      feature_groups: [...FEATURE_GROUPS],
      row_filter: { column: 'format', values: ['hypermarket', 'гипермаркет'], if_present: true },
      preprocessing: {
        imputation: 'medianImputer',
        outliers: 'none',
        outlier_action: 'keep',
        transform: 'none',
        scale: 'standardScaler',
      },
      dimensionality_reduction: { method: 'pca', params: { n_components: 'kaiser' } },
      clustering: { method: 'agglomerative', params: { n_clusters: 3, linkage: 'ward' } },
      // Those that the report shows; t-SNE and UMAP would take longer than all the rest.
      visualization: { charts: ['pca', 'map', 'sizes', 'means', 'distance_matrix', 'dendrogram'] },
    },
  },
];
