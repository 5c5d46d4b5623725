import type { Messages } from '../i18n/messages.ts';
import type { auditEn } from './audit.en.ts';

export const auditRu: Messages<typeof auditEn> = {
  resources: {
    audit: {
      fields: {
        at: 'Когда',
        who: 'Кто',
        role: 'Роль тогда',
        action: 'Действие',
        target: 'О чём',
        outcome: 'Исход',
        requestId: 'Запрос',
        address: 'Адрес',
        arguments: 'Аргументы без секретов',
        since: 'С',
        until: 'До',
      },
    },
  },
  audit: {
    done: 'Выполнено',
    download: 'Скачать CSV',
    downloading: 'Сбор записей',
    downloaded: 'Записей в файле: %{smart_count} |||| Записей в файле: %{smart_count}',
    downloaded_part: 'В файле первые %{smart_count} записей. Сузьте фильтры, чтобы получить остальные.',
  },
};
