import type { Messages } from '../i18n/messages.ts';
import type { clusteringNamesEn } from './clustering-names.en.ts';

export const clusteringNamesRu: Messages<typeof clusteringNamesEn> = {
  resources: {
    clusterings: {
      fields: {
        datasetVersion: 'Данные',
        method: 'Метод',
        status: 'Состояние',
        clusters: 'Кластеры',
        rows: 'Строки',
        silhouette: 'Силуэт',
        createdAt: 'Создана',
      },
    },
  },
  clusterings: {
    clusters: '%{smart_count} кластер |||| %{smart_count} кластера |||| %{smart_count} кластеров',
    empty: {
      title: 'Кластеризаций ещё нет',
      text: 'Кластеризация делит строки таблицы на группы похожих. Выберите таблицу или загрузите её; для первого взгляда хватит значений по умолчанию.',
    },
    create: {
      label: 'Новая кластеризация',
    },
    method: {
      none: 'Нет',
      agglomerative: 'Иерархическая',
      dbscan: 'DBSCAN',
      gaussian_mixture: 'Гауссова смесь',
      hdbscan: 'HDBSCAN',
      k_means: 'k-средних',
      optics: 'OPTICS',
      spectral: 'Спектральная',
      all_columns: 'Все столбцы',
      autoencoder: 'Автокодировщик',
      correlation_threshold: 'Без пар коррелирующих столбцов',
      factor_analysis: 'Факторный анализ',
      k_means_columns: 'Столбцы, по которым различает k-средних',
      kernel_pca: 'Ядерный PCA',
      mutual_information_columns: 'Столбцы по взаимной информации',
      pca: 'Главные компоненты (PCA)',
      t_sne: 't-SNE',
      umap: 'UMAP',
      variance_threshold: 'Дисперсия выше порога',
    },
  },
};
