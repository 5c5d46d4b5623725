import type { Messages } from '../i18n/messages.ts';
import type { accessEn } from './access.en.ts';

export const accessRu: Messages<typeof accessEn> = {
  access: {
    title: 'Вход в Kindred',
    name: 'Имя',
    password: 'Пароль',
    submit: 'Войти',
    signing: 'Вход',
    first: 'Впервые здесь? Имя — «admin»; пароль служба напечатала один раз при первом запуске.',
    refused: 'Имя или пароль неверны. Проверьте оба или попросите у администратора новый пароль.',
    wait: 'Слишком много попыток. Повторите через %{seconds} с.',
    change: {
      title: 'Придумайте свой пароль',
      why: 'Вы вошли с паролем, который видел кто-то ещё. Смените его, чтобы продолжить.',
      current: 'Прежний пароль',
      next: 'Новый пароль',
      again: 'Новый пароль ещё раз',
      short: 'Не меньше %{length} знаков',
      differs: 'Пароли не совпадают.',
      submit: 'Сменить пароль',
      done: 'Пароль изменён',
    },
    role: { viewer: 'Наблюдатель', operator: 'Оператор', administrator: 'Администратор' },
  },
  auth: { signed_out: 'Сеанс закончился. Войдите, чтобы продолжить с того же места.' },
};
