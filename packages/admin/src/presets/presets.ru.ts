import type { Messages } from '../i18n/messages.ts';
import type { presetsEn } from './presets.en.ts';

export const presetsRu: Messages<typeof presetsEn> = {
  resources: { presets: { fields: { name: 'Имя' } } },
  presets: {
    about: 'Параметры под именем, с которых начинают кластеризации. Параметры задания сохраняют на его странице.',
    built_in: 'встроенная',
    use: 'Начать с неё',
    removed: 'Заготовка удалена',
  },
};
