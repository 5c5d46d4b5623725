import type { Messages } from '../i18n/messages.ts';
import type { modelsEn } from './models.en.ts';

export const modelsRu: Messages<typeof modelsEn> = {
  resources: {
    models: {
      fields: {
        compare: 'Сравнить',
        version: 'Версия',
        aliases: 'Роль',
        trainedOn: 'Обучена на',
        map: 'MAP@100',
        featuresCount: 'Признаков',
        createdAt: 'Обучена',
        run: 'Запуск эксперимента',
        job: 'Задание',
        artifactHash: 'Хеш файла',
        commit: 'Код',
        dvcTag: 'Тег DVC',
      },
    },
  },
  models: {
    version_n: 'Модель %{version}',
    alias: { champion: 'Чемпион', challenger: 'Претендент' },
    metric: 'Метрика',
    metrics: 'Метрики',
    parameters: 'Параметры',
    facts: 'Об этой версии',
    job: 'Задание, которое её обучило',
    over_versions: 'Метрики по версиям',
    promotions: 'Назначения',
    became: '%{version} — теперь %{alias}',
    after: 'после %{version}',
    deployments: 'Что и когда работало',
    serves_now: 'работает сейчас',
    no_model: 'Без модели',
    reason: 'Почему',
    reason_hint: 'Останется в истории для тех, кто придёт после вас.',
    keep: 'Оставить как есть',
    changed: 'Теперь работает модель %{version}',
    promote: {
      label: 'Назначить',
      title: 'Пусть работает модель %{version}?',
      text: 'Она станет чемпионом и со следующего мгновения будет отвечать по тем же данным. Работа не прерывается.',
    },
    rollback: {
      label: 'Откатить',
      title: 'Вернуться с модели %{version}?',
      text: 'Снова заработает версия, которая была чемпионом до неё, по тем же данным. Работа не прерывается.',
    },
    compare: {
      title: 'Версии рядом',
      selected: 'Сравнить',
      choose: 'Сравнить версию %{version}',
      how_many: 'Для сравнения выберите от 2 до %{most}',
      with_champion: 'Сравнить с чемпионом',
      only_differences: 'Только различия',
      same: 'Различий нет.',
    },
    empty: {
      title: 'Моделей пока нет',
      text: 'Модель обучается, когда зафиксирована первая версия данных, и снова — когда данные сдвинулись. Начните с версий данных.',
    },
  },
};
