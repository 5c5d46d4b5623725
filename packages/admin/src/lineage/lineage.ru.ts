import type { Messages } from '../i18n/messages.ts';
import type { lineageEn } from './lineage.en.ts';

export const lineageRu: Messages<typeof lineageEn> = {
  lineage: {
    title: 'Происхождение',
    graph: 'Граф: что из чего получено',
    hint: 'Слева направо: что для чего понадобилось. Блок ведёт на свою страницу или к своему происхождению.',
    truncated: 'Всё не помещается. Перейдите к одному из блоков, чтобы увидеть, что вокруг него.',
    show: { batches: 'Пакеты', steps: 'Шаги и файлы' },
    kind: {
      batch: 'Пакет',
      manifest: 'Манифест',
      dataset_version: 'Версия данных',
      stage_run: 'Шаг',
      artifact: 'Файл',
      experiment_run: 'Запуск эксперимента',
      model_version: 'Модель',
      deployment: 'Развёртывание',
    },
  },
};
