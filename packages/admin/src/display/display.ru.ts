import type { Messages } from '../i18n/messages.ts';
import type { displayEn } from './display.en.ts';

export const displayRu: Messages<typeof displayEn> = {
  display: {
    status: {
      pending: 'Ожидает',
      running: 'Выполняется',
      paused: 'Приостановлено',
      completed: 'Завершено',
      failed: 'Сбой',
      cancelled: 'Отменено',
      reused: 'Взято готовым',
      skipped: 'Пропущено',
      receiving: 'Приём данных',
      committed: 'Зафиксирована',
      processed: 'Обработана',
      invalid: 'Непригодна',
      ok: 'В порядке',
      degraded: 'С оговорками',
    },
    none: '—',
    copy: 'Копировать',
    copied: 'Скопировано',
    close: 'Закрыть',
    cancel: 'Отмена',
    eta: 'осталось %{time}',
    pages: {
      range: '%{from}–%{to}',
      range_of: '%{from}–%{to} из %{total}',
      range_of_about: '%{from}–%{to} из примерно %{total}',
      first: 'Первая страница',
      previous: 'Предыдущая страница',
      next: 'Следующая страница',
      last: 'Последняя страница',
      per_page: 'Строк на странице',
    },
    no_matches: 'Под эти фильтры ничего не подходит. Уберите один из них.',
    no_news: 'Повторить',
    show_chart_as_table: 'Таблицей',
    show_chart: 'Графиком',
  },
};
