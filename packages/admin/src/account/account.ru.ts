import type { Messages } from '../i18n/messages.ts';
import type { accountEn } from './account.en.ts';

export const accountRu: Messages<typeof accountEn> = {
  resources: { account: { name: 'Учётная запись |||| Моя учётная запись' } },
  account: {
    who: 'Кто вы',
    means: 'Что даёт роль',
    password: 'Смена пароля',
    sessions: 'Где вы вошли',
    unknown: 'Браузер, который не назвал себя',
    since: 'вход',
    seen: 'виден',
    expires: 'истекает',
    current: 'Этот браузер',
    end: 'Завершить сеанс',
    ended: 'Сеанс завершён',
  },
};
