import type { Messages } from '../i18n/messages.ts';
import type { overviewEn } from './overview.en.ts';

export const overviewRu: Messages<typeof overviewEn> = {
  overview: {
    title: 'Обзор',
  },
};
