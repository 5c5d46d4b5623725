import type { SettingMeanings } from './setting-meanings.ts';

export const settingMeaningsRu: SettingMeanings = {
  OTEL_SDK_DISABLED: '`true` выключает трассировку.',
  OTEL_TRACES_EXPORTER: '`none` выключает трассировку.',
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'Куда отправлять спаны; к адресу добавляется `/v1/traces`, как велит стандарт. Без него трассировки нет.',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'Куда отправлять спаны; адрес берётся как есть.',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf или http/json.',
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'То же, только для трассировки.',
  OTEL_TRACES_SAMPLER: 'Какие запросы трассировать.',
  OTEL_TRACES_SAMPLER_ARG: 'Доля новых трассировок, для способов отбора, которым она нужна.',
  OTEL_SERVICE_NAME: 'Имя в трассировках; если не задано — `kindred-` и роль.',
  OTEL_BSP_SCHEDULE_DELAY: 'Миллисекунд между отправками.',
  OTEL_BSP_EXPORT_TIMEOUT: 'Сколько миллисекунд может занять отправка.',
  OTEL_BSP_MAX_QUEUE_SIZE: 'Сколько спанов может ждать отправки.',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: 'Сколько спанов уходит за одну отправку.',
  PORT: 'Порт, на котором слушает служба; 0 выбирает свободный.',
  HOST: 'Адрес, на котором слушает служба.',
  KINDRED_DATA: 'Папка всего, что должно пережить перезапуск.',
  KINDRED_ROLE:
    'Что делает этот процесс: отвечает на запросы, выполняет задания или и то и другое. У процессов одной службы общие база данных и хранилище объектов.',
  KINDRED_LOG: 'Самый подробный уровень, который попадает в журнал.',
  DATABASE_URL: 'PostgreSQL; без него — встроенная PGlite в `KINDRED_DATA/db`.',
  REDIS_URL: 'Redis передаёт события между процессами; без него они остаются внутри этого.',
  S3_ENDPOINT: 'S3 или MinIO хранит объекты; без него они лежат файлами в KINDRED_DATA.',
  S3_BUCKET: 'Бакет с объектами.',
  S3_REGION: 'Регион бакета.',
  S3_ACCESS_KEY_ID: 'Кто мы для S3.',
  S3_SECRET_ACCESS_KEY: 'Секрет к этому имени.',
  KINDRED_CACHE_SIZE: 'Сколько диска занимают копии объектов S3 в `KINDRED_DATA/cache`.',
  MLFLOW_TRACKING_URI: 'Сервер MLflow; без него никуда ничего не отправляется.',
  MLFLOW_TRACKING_USERNAME: 'Имя пользователя, как у клиента самого MLflow.',
  MLFLOW_TRACKING_PASSWORD: 'Пароль, как у клиента самого MLflow.',
  MLFLOW_TRACKING_TOKEN: 'Токен, как у клиента самого MLflow.',
  KINDRED_DVC: 'Становится ли каждая обработанная версия ревизией репозитория DVC в `KINDRED_DATA/dvc`.',
  KINDRED_COMMIT: 'Коммит кода там, где нет репозитория: в образе контейнера.',
  KINDRED_REST_TOKEN: 'Если задан, REST требует `Authorization: Bearer` с ним или с ключом API либо сеанс.',
  KINDRED_ADMIN_PASSWORD:
    'Пароль пользователя `admin`, которого создаёт первый запуск; без него пароль придумывается и печатается.',
  KINDRED_AUDIT_DAYS: 'Сколько дней хранится журнал действий.',
  KINDRED_BODY_LIMIT:
    'Наибольшее тело запроса. Значения по умолчанию хватает на пакет примерно из полумиллиона узких записей.',
  KINDRED_UPLOAD_LIMIT: 'Наибольший файл CSV, который принимается.',
  KINDRED_UPLOAD_ROWS: 'Сколько строк может быть в файле CSV.',
  KINDRED_TRUSTED_PROXIES:
    'Адреса и сети прокси через запятую: только от них `X-Forwarded-For` говорит, откуда клиент.',
  KINDRED_UPLOAD_COLUMNS: 'Сколько столбцов может быть в файле CSV.',
  KINDRED_COMPUTE_MEMORY:
    'На сколько памяти может рассчитывать один вычислительный процесс: предел DuckDB и массивы обучения.',
  KINDRED_COMPUTE_THREADS:
    'Потоков на этап. Два, потому что хотя бы одно ядро самой малой из обещанных машин остаётся ответам на запросы.',
  KINDRED_JOB_CONCURRENCY:
    'Сколько заданий идёт сразу; у каждого свой вычислительный процесс. Одно, потому что на двух ядрах второе замедлило бы первое.',
  KINDRED_SEED: 'Зерно случайности для заданий, у которых нет своего.',
  KINDRED_KEEP_VERSIONS: 'У скольких версий промежуточные файлы остаются после обработки более новых.',
  KINDRED_CORS: 'Источник, которому разрешён CORS; `*` — любой, пусто — никакой.',
  KINDRED_INTROSPECTION: 'Можно ли спросить схему GraphQL; если не задано — можно, но не в производстве.',
  KINDRED_RATE_LIMIT:
    'Запросов в секунду с одного адреса, всплеск — вдвое больше; 0 — без предела. Проверки состояния не ограничены.',
  NODE_ENV: '`production` прячет то, что нужно только разработчикам.',
};
