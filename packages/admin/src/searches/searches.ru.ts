import type { Messages } from '../i18n/messages.ts';
import type { searchesEn } from './searches.en.ts';

export const searchesRu: Messages<typeof searchesEn> = {
  resources: {
    searches: {
      fields: { datasetVersion: 'Данные', status: 'Состояние', took: 'Заняло', createdAt: 'Создан' },
    },
  },
  searches: {
    title: 'Подбор: %{data}',
    empty: {
      title: 'Подборов ещё нет',
      text: 'Подбор пробует подготовку, снижение размерности и методы с разным числом кластеров, пока есть время, и расставляет найденное по порядку.',
    },
    again: 'Запустить с изменениями',
    create: {
      label: 'Новый подбор',
      again_title: 'Подбор с изменениями',
      budget: 'Время и выбор',
      about: 'Чем больше времени, тем больше вариантов. Остальное можно не менять.',
      start: 'Начать подбор',
      done: 'Подбор идёт',
    },
    counts: 'Какие числа кластеров пробовать',
    underway: 'Идёт',
    leaderboard: 'Лучшие варианты',
    so_far: {
      title: 'Лучшие варианты на сейчас',
      text: 'Лучшие из опробованных (%{tried}), на выборке строк. Первые будут проверены на всех строках; их устойчивость может изменить порядок.',
      ended: 'Подбор закончился до финала: лучшие из опробованных (%{tried}), на выборке строк.',
      none: 'Ещё ничего не опробовано.',
    },
    parameters: 'Параметры',
    seconds: 'Время',
    rank: 'Место',
    pipeline: 'Вариант',
    score: 'Оценка',
    silhouette: 'Силуэт',
    noise: 'Вне кластеров',
    stability: 'Устойчивость',
    actions: 'Сделать',
    make_job: 'Кластеризация по месту %{rank}',
    make_preset: 'Заготовка по месту %{rank}',
    state: {
      final: 'финалист, на всех строках',
      screened: 'на выборке',
      degenerate: 'ничего не говорит',
      failed: 'сбой',
      skipped: 'пропущен',
      not_reached: 'не дошла очередь',
    },
  },
};
