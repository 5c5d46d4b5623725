import type { Messages } from '../i18n/messages.ts';
import type { experimentsEn } from './experiments.en.ts';

export const experimentsRu: Messages<typeof experimentsEn> = {
  resources: {
    experiments: {
      fields: {
        runId: 'Запуск',
        status: 'Состояние',
        published: 'Стал моделью',
        datasetVersion: 'Данные',
        modelVersion: 'Модель',
        map: 'MAP@100',
        ndcg: 'NDCG@100',
        startedAt: 'Начат',
        endedAt: 'Окончен',
        experiment: 'Эксперимент',
        job: 'Задание',
        dvcTag: 'Тег DVC',
      },
    },
  },
  experiments: {
    title: 'Обучение на %{data}',
    not_published: 'не опубликована',
    metrics: 'Метрики',
    params: 'Параметры',
    tags: 'Метки',
    facts: 'Об этом запуске',
    status: { RUNNING: 'Выполняется', FINISHED: 'Завершён', FAILED: 'Сбой', KILLED: 'Отменён' },
    empty: {
      title: 'Обучений пока не было',
      text: 'Каждое настоящее обучение оставляет здесь запуск: параметры, метрики и что из него вышло. Первый появится с первой зафиксированной версией данных.',
    },
  },
};
