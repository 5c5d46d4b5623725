import type { Messages } from '../i18n/messages.ts';
import type { systemEn } from './system.en.ts';

export const systemRu: Messages<typeof systemEn> = {
  system: {
    title: 'Служба',
    service: 'Процесс, который отвечает',
    version: 'Версия',
    commit: 'Коммит',
    uptime: 'Работает',
    started: 'Запущен',
    host: 'Узел',
    memory: {
      title: 'Память',
      heap: 'Куча JavaScript',
      resident: 'Память процесса',
      machine: 'Вся машина',
      of: '%{used} из %{total}',
    },
    dependencies: {
      name: { disk: 'Диск', postgres: 'PostgreSQL', redis: 'Redis', s3: 'S3', mlflow: 'MLflow' },
      title: 'От чего она зависит',
      none: 'Ни от чего снаружи: база данных у неё своя.',
      up: 'Доступна',
      down: 'Недоступна',
      outages: 'Отключений с запуска: %{smart_count} |||| Отключений с запуска: %{smart_count}',
    },
    checks: 'Собственные проверки',
    queue: {
      title: 'Очередь заданий',
      now: 'Сейчас',
      waiting: 'первое ждёт с момента:',
      last_hour: 'За последний час',
    },
    processes: {
      title: 'Процессы',
      none: 'Ни один процесс ещё не подал признаков жизни.',
      role: { all: 'Отвечает и берёт задания', api: 'Отвечает', worker: 'Берёт задания' },
      pid: 'процесс %{pid}',
      alive: 'Работает',
      silent: 'Молчит',
      seen: 'Признак жизни',
      jobs: 'Его задания',
    },
    latency: {
      title: 'Как быстро она отвечает',
      text: 'Миллисекунды, в которые уложилась половина запросов последней минуты (p50), 95 % и 99 %. Графики начинаются с открытия страницы.',
      all: 'Все маршруты',
      route: '%{route}: %{requests} в минуту, отказов %{refused}',
      more: 'Все маршруты: %{count}',
      fewer: 'Меньше',
    },
  },
};
