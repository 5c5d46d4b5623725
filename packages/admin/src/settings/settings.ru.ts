import type { Messages } from '../i18n/messages.ts';
import type { settingsEn } from './settings.en.ts';

export const settingsRu: Messages<typeof settingsEn> = {
  settings: {
    text: 'Какими они были при запуске отвечающего процесса. Чтобы изменить настройку, задайте её в окружении службы и перезапустите службу.',
    search: 'Найти настройку',
    none: 'Этих слов нет ни в имени, ни в значении, ни в описании настроек.',
    secret: 'Задана; секреты не показываются',
    set: 'Задана',
    unset: 'Не задана',
    source: { default: 'По умолчанию', environment: 'Окружение', file: 'Файл' },
  },
};
