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
    role: { viewer: 'Наблюдатель', operator: 'Оператор', administrator: 'Администратор' },
  },
  auth: { signed_out: 'Сеанс закончился. Войдите, чтобы продолжить с того же места.' },
};
