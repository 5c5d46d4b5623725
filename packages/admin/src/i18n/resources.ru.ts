import type { Messages } from './messages.ts';
import type { resourcesEn } from './resources.en.ts';

export const resourcesRu: Messages<typeof resourcesEn> = {
  resources: {
    account: { name: 'Учётная запись |||| Моя учётная запись' },
    audit: { name: 'Журнал действий |||| Журнал действий' },
    clusterings: { name: 'Кластеризация |||| Кластеризации |||| Кластеризации' },
    datasets: { name: 'Набор данных |||| Наборы данных |||| Наборы данных' },
    experiments: { name: 'Запуск эксперимента |||| Эксперименты |||| Эксперименты' },
    keys: { name: 'Ключ API |||| Ключи API' },
    lookalike: { name: 'Аудитории' },
    models: { name: 'Модель |||| Модели |||| Модели' },
    presets: { name: 'Заготовка |||| Заготовки |||| Заготовки' },
    requests: { name: 'Запрос |||| Запросы' },
    schedules: { name: 'Расписание |||| Расписания |||| Расписания' },
    searches: { name: 'Подбор |||| Подборы |||| Подборы' },
    settings: { name: 'Настройка |||| Настройки' },
    system: { name: 'Служба |||| Служба' },
    users: { name: 'Пользователь |||| Пользователи' },
    versions: { name: 'Версия данных |||| Версии данных |||| Версии данных' },
  },
};
