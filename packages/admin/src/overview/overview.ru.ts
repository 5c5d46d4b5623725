import type { Messages } from '../i18n/messages.ts';
import type { overviewEn } from './overview.en.ts';

export const overviewRu: Messages<typeof overviewEn> = {
  overview: {
    title: 'Обзор',
    serving: {
      title: 'Обслуживание',
      ready: 'Аудитории выдаются',
      not_ready: 'Выдавать ещё нечего: зафиксируйте версию данных и дождитесь её задания',
      data: 'Данные',
      pipeline: { idle: 'Конвейер ждёт', running: 'Конвейер работает', failed: 'Последний запуск конвейера не удался' },
    },
    model: {
      title: 'Модель в работе',
      none: 'Ещё ни одна не обучена',
      trained: 'Обучена на %{version}, признаков: %{count}',
      age: 'В работе с',
    },
    drift: {
      title: 'Дрейф',
      none: 'Ещё ничего не измерено',
      found: 'Дрейф в %{version}',
      not_found: 'Дрейфа в %{version} нет',
      action: { none: 'ничего не потребовалось', retrained: 'обучено заново', skipped: 'обучение пропущено' },
      over_time: 'Оценка дрейфа по версиям',
      score: 'оценка',
    },
    quality: {
      title: 'Качество данных',
      none: 'Ещё ничего не проверено',
      passed: '%{version}: годна',
      failed: '%{version}: непригодна',
      over_time: 'Доля пройденных проверок по версиям',
      share: 'пройдено',
    },
    jobs: {
      title: 'Выполняются и ждут',
      idle: 'Ничего не выполняется. Последние задания — в списке заданий.',
      more: 'Все %{count}',
      failed: 'Последние сбои',
      all: 'Все задания',
    },
    versions: {
      title: 'Последние версии',
      none: 'Версий ещё нет. Версия — это то, что приходит пакетами и затем фиксируется: POST /data/batch и /data/commit; `npm start -- --demo` присылает целый мир.',
      name: 'Версия',
      status: 'Состояние',
      quality: 'Качество',
      drift: 'Дрейф',
      created: 'Начата',
      batches: 'пакетов: %{received} из %{total}',
    },
    health: { title: 'Самочувствие', all_well: 'Все проверки пройдены' },
    system: {
      queue: 'Очередь',
      queue_text: 'выполняется: %{running}; за последний час завершено %{completed}, со сбоем %{failed}',
      waiting_since: 'Первое ждёт',
      workers: 'Исполнители',
      workers_text: 'живых процессов: %{alive} из %{all}, заданий в работе: %{jobs}',
      latency: 'Задержка',
      latency_text: 'половина за %{p50}, 99% за %{p99}; запросов в секунду: %{rate}, отказов за минуту: %{refused}',
      quiet: 'За последнюю минуту запросов не было',
      uptime: 'Работает',
      memory: 'Память',
    },
    trends: 'Во времени',
  },
};
