import type { Messages } from '../i18n/messages.ts';
import type { schedulesEn } from './schedules.en.ts';

export const schedulesRu: Messages<typeof schedulesEn> = {
  resources: { schedules: { fields: { name: 'Имя' } } },
  schedules: {
    empty: {
      title: 'Расписаний ещё нет',
      text: 'Расписание создаёт задание снова и снова: кластеризует новейшую версию таблицы каждую ночь или собирает витрину каждого квартала.',
    },
    on: 'Включено',
    off: 'Приостановлено',
    paused: 'Расписание приостановлено',
    resumed: 'Расписание продолжается',
    removed: 'Расписание удалено',
    next: 'Следующий запуск',
    after: 'Затем',
    zone: 'по часовому поясу %{zone}',
    broken: 'Последняя попытка запуска прервалась и будет повторена: %{message}',
    no_next: 'Пока приостановлено, их нет.',
    last: 'Последние запуски',
    no_last: 'Ещё не запускалось.',
    missed:
      'пропущен %{smart_count} прежний запуск |||| пропущено %{smart_count} прежних запуска |||| пропущено %{smart_count} прежних запусков',
    run: { label: 'Запустить сейчас', done: 'Задание создано' },
    time: {
      nightly: 'Каждую ночь в 3',
      weekly: 'По понедельникам в 3',
      monthly: 'Первого числа месяца',
      quarterly: 'В первый день квартала',
      own: 'В своё время',
    },
    create: {
      label: 'Новое расписание',
      submit: 'Создать',
      done: 'Расписание создано',
      name: 'Имя',
      pipeline: 'Что запускать',
      dataset: 'Набор данных (новейшая версия)',
      sales: 'Продажи по магазинам и дням',
      stores: 'Магазины',
      places: 'Места, если есть',
      preset: 'Параметры',
      when: 'Когда',
      cron: 'Выражение cron',
      cron_help: 'минута, час, день, месяц, день недели',
      zone: 'Часовой пояс',
    },
  },
};
