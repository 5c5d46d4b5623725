import type { Messages } from '../i18n/messages.ts';
import type { keysEn } from './keys.en.ts';

export const keysRu: Messages<typeof keysEn> = {
  resources: {
    keys: {
      fields: {
        name: 'Имя',
        prefix: 'Токен',
        role: 'Роль',
        scopes: 'Области',
        state: 'Состояние',
        lastUsedAt: 'Использован',
        createdAt: 'Создан',
      },
    },
  },
  keys: {
    never: 'никогда',
    no_end: 'бессрочно',
    state: { usable: 'Действует', expired: 'Истёк', revoked: 'Отозван' },
    scope: {
      read: 'Чтение',
      data: 'Данные',
      jobs: 'Задания',
      models: 'Модели',
      schedules: 'Расписания',
      access: 'Доступ',
    },
    scope_means: { read: 'Всё, что видит роль: запросы и подписки' },
    scope_needs_more: 'Этой роли ничего не даёт: нужна более высокая',
    expiry: { week: '7 дней', month: '30 дней', quarter: '90 дней', year: 'Год', never: 'Бессрочно' },
    create: {
      label: 'Создать ключ API',
      name_help: 'Какая программа им пользуется; имена ключей не повторяются',
      expiry: 'Действует',
      no_scope: 'Выберите хотя бы одну',
      submit: 'Создать',
      done: 'Ключ создан',
    },
    token: {
      title: 'Токен: %{name}',
      text: 'Он показан один раз и больше не появится. Храните его там, где его найдёт только программа: владелец токена может всё, что разрешено ключу.',
      label: 'Токен',
      example: 'Проверьте в терминале: ответ скажет, чей это ключ и что ему разрешено',
    },
    revoke: {
      label: 'Отозвать',
      title: 'Отозвать %{name}?',
      text: 'Программы с этим ключом сразу получат отказ. Отменить это нельзя: им понадобится другой ключ.',
      done: 'Ключ отозван',
    },
    empty: {
      title: 'Ключей API пока нет',
      text: 'С ключом программа пользуется API вместо вошедшего человека. Дайте ему наименьшую роль и как можно меньше областей.',
    },
  },
};
