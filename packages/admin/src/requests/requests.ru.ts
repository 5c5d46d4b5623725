import type { Messages } from '../i18n/messages.ts';
import type { requestsEn } from './requests.en.ts';

export const requestsRu: Messages<typeof requestsEn> = {
  resources: {
    requests: {
      fields: {
        at: 'Когда',
        request: 'Запрос',
        status: 'Ответ',
        milliseconds: 'Занял',
        method: 'Метод',
        refused: 'Исход',
        slowerThan: 'Дольше, мс',
        code: 'Код',
        requestId: 'Номер запроса',
        route: 'Маршрут',
        operation: 'Операция',
      },
    },
  },
  requests: { any: 'Все', refused: 'Отказ', served: 'Выполнен', ms: 'мс' },
};
