import type { JobWords } from './job-words.ts';

/** What stages do, and why a chart was left out, word by word as the service says it. */
const WORDS: Readonly<Record<string, string>> = {
  'reading the table': 'читает таблицу',
  'reading the tables': 'читает таблицы',
  read: 'прочитано',
  checking: 'проверяет',
  profiling: 'описывает столбцы',
  comparing: 'сравнивает',
  preprocessing: 'готовит столбцы',
  'summing up': 'подводит итоги',
  storing: 'сохраняет',
  'writing arrays': 'записывает массивы',
  'writing rows': 'записывает строки',
  'writing the result': 'записывает результат',
  'placing the rows': 'расставляет строки',
  'fitting the ranker': 'обучает ранжирование',
  'describing the first ones': 'описывает лучшие',
  'Agglomerative clustering': 'иерархическая кластеризация',
  'Gaussian mixture': 'гауссова смесь',
  'k-means': 'k-средних',
  'Spectral clustering': 'спектральная кластеризация',
  'Factor analysis': 'факторный анализ',
  'Kernel PCA': 'ядерный PCA',
  'Principal component analysis': 'главные компоненты',
  Autoencoder: 'автокодировщик',
  'All columns': 'все столбцы',
  'No two columns that correlate': 'без пар коррелирующих столбцов',
  'Columns that k-means tells clusters by': 'столбцы, по которым различает k-средних',
  'Columns of mutual information with k-means clusters': 'столбцы по взаимной информации',
  'Variance above a threshold': 'дисперсия выше порога',
  Silhouette: 'силуэт',
  'Dunn index': 'индекс Данна',
  Inertia: 'инерция',
  'Davies-Bouldin index': 'индекс Дэвиса — Болдина',
  'Calinski-Harabasz index': 'индекс Калински — Харабаша',
  scatter: 'первые два столбца',
  map: 'карта',
  sizes: 'размеры',
  means: 'средние',
  distance_matrix: 'расстояния',
  dendrogram: 'дендрограмма',
  pca: 'главные компоненты',
  tsne: 't-SNE',
  umap: 'UMAP',
  noise: 'вне кластеров',
  rows: 'строк',
  height: 'высота',
  'in standard deviations from the mean of all rows': 'в стандартных отклонениях от среднего по всем строкам',
  'no columns are named as latitude and longitude': 'нет столбцов с названиями широты и долготы',
  'no row has a place': 'ни у одной строки нет места',
  'there are too few rows': 'слишком мало строк',
  'the rows have one column only': 'у строк только один столбец',
};

/** Sentences with something of the job in them. */
const SENTENCES: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^reading (\w+)$/, (table) => `читает ${table}`],
  [/^Principal components? (?:analysis )?(\d+)$/, (place) => `главная компонента ${place}`],
  [/^cluster (\d+)$/, (label) => `кластер ${label}`],
  [/^([\d,]+) points$/, (points) => `точек: ${grouped(points)}`],
  [
    /^([\d,]+) points in ([\d,]+) marks; larger ones stand for up to ([\d,]+)$/,
    (points, marks, most) =>
      `точек: ${grouped(points)}, меток: ${grouped(marks)}; крупные — до ${grouped(most)} точек каждая`,
  ],
  [/^(\d+) more clusters are not shown$/, (count) => `ещё кластеров: ${count}, они не показаны`],
  [
    /^(\d+) branches; the name of each is the number of its rows$/,
    (count) => `ветвей: ${count}; под каждой число её строк`,
  ],
  [
    /^between blocks of rows in the order of their clusters; (\d+)(?: of (\d+))? rows$/,
    (rows, all) =>
      `между группами строк по порядку кластеров; строк: ${all === undefined ? rows : `${rows} из ${all}`}`,
  ],
  [/^day (\d+) of (\d+)$/, (day, days) => `день ${day} из ${days}`],
  [/^stability: (\d+) resamples$/, (count) => `устойчивость: повторных выборок ${count}`],
  [/^finalist (\d+) of (\d+): (.*)$/, (one, all, name) => `финалист ${one} из ${all}: ${name}`],
  [/^trial (\d+) of (\d+)$/, (one, all) => `вариант ${one} из ${all}`],
  [
    /^trial (\d+) of (\d+); best score so far ([\d.-]+): (.*)$/,
    (one, all, score = '', name) => `вариант ${one} из ${all}; лучшая оценка пока ${score.replace('.', ',')}: ${name}`,
  ],
];

/** By the names of measures; `%{column}` is the one that was compared with. */
const MEASURES: Readonly<Record<string, string>> = {
  silhouette:
    'Среднее по строкам (b − a) / max(a, b), где a — среднее расстояние до остальных строк своего кластера, b — наименьшее среднее расстояние до строк другого (Rousseeuw 1987); у единственной строки кластера 0, строки вне кластеров не считаются; от −1 до 1, больше — лучше.',
  dunn: 'Наименьшее расстояние между строками разных кластеров к наибольшему внутри одного (Dunn 1974); строки вне кластеров не считаются; от 0, больше — лучше.',
  davies_bouldin:
    'Среднее по кластерам наибольшего (разброс + разброс другого) / расстояние средних, где разброс — среднее расстояние строк до среднего кластера (Davies, Bouldin 1979); строки вне кластеров не считаются; от 0, меньше — лучше.',
  calinski_harabasz:
    'Дисперсия между кластерами к дисперсии внутри, каждая на свою степень свободы (Calinski, Harabasz 1974); строки вне кластеров не считаются; от 0, больше — лучше.',
  inertia:
    'Сумма квадратов расстояний строк до среднего своего кластера; строки вне кластеров не считаются; от 0, при том же числе кластеров меньше — лучше, а с каждым новым кластером она падает.',
  adjusted_rand: 'Согласие со столбцом %{column}: 1 для тех же групп, около 0 для случайных',
  normalized_mutual_information:
    'Согласие со столбцом %{column}: общая информация к средней собственной, от 0 до 1; растёт с числом кластеров',
};

function measure(name: string, definition: string): string {
  const [, column = ''] = /^Agreement with the column (.*?): /.exec(definition) ?? [];
  return MEASURES[name]?.replace('%{column}', column) ?? definition;
}

/** `12,345` as Russian groups digits. */
const grouped = (text = '') => Number(text.replaceAll(',', '')).toLocaleString('ru');

/** By the code of an error. */
const FAILURES: Readonly<Record<string, string>> = {
  INVALID_INPUT: 'данные или параметры не подходят',
  NOT_FOUND: 'чего-то больше нет',
  CONFLICT: 'это уже сделано иначе',
  VERSION_COMMITTED: 'версия уже зафиксирована',
  NOT_READY: 'ещё ничего не обслуживается',
  FORBIDDEN: 'это не разрешено',
  UNAUTHENTICATED: 'нужно войти',
  TOO_LARGE: 'это слишком много',
  BAD_TABLE: 'таблица не читается',
  RATE_LIMITED: 'слишком много запросов',
  INVALID_STATE: 'состояние этого не позволяет',
  CANCELLED: 'отменено',
  TIMEOUT: 'этап шёл слишком долго',
  COMPUTE_DIED: 'вычислительный процесс завершился без ответа',
  LEASE_LOST: 'задание перешло к другому процессу',
  ARTIFACT_MISSING: 'нужного файла нет',
  ARTIFACT_CORRUPT: 'файл повреждён',
  STORE_UNAVAILABLE: 'хранилище не отвечает',
  STORAGE_FULL: 'диск заполнен',
  DATABASE_LOCKED: 'база данных занята другим процессом',
  UNKNOWN_PIPELINE: 'такой конвейер неизвестен',
  STAGE_FAILED: 'этап не удался',
  INTERNAL: 'непредвиденный сбой',
};

function said(message: string): string {
  const word = WORDS[message];
  if (word !== undefined) return word;
  for (const [pattern, say] of SENTENCES) {
    const found = pattern.exec(message);
    if (found) return say(...found.slice(1));
  }
  return message;
}

/** The service's own sentence says more than its code. */
export const jobWordsRu: JobWords = {
  said,
  measure,
  failure: ({ code, message }) => (FAILURES[code] === undefined ? message : `${FAILURES[code]} (${message})`),
};
