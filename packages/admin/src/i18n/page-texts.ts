import type { Locale } from './i18n-provider.ts';

/** THE LIST of texts that come with the pages that show them, and not before: `texts` in `pages.ts`. */
export const PAGE_TEXTS = {
  account: {
    en: async () => (await import('../account/account.en.ts')).accountEn,
    ru: async () => (await import('../account/account.ru.ts')).accountRu,
  },
  audit: {
    en: async () => (await import('../audit/audit.en.ts')).auditEn,
    ru: async () => (await import('../audit/audit.ru.ts')).auditRu,
  },
  clusteringNames: {
    en: async () => (await import('../clusterings/clustering-names.en.ts')).clusteringNamesEn,
    ru: async () => (await import('../clusterings/clustering-names.ru.ts')).clusteringNamesRu,
  },
  clusterings: {
    en: async () => (await import('../clusterings/clusterings.en.ts')).clusteringsEn,
    ru: async () => (await import('../clusterings/clusterings.ru.ts')).clusteringsRu,
  },
  datasets: {
    en: async () => (await import('../datasets/datasets.en.ts')).datasetsEn,
    ru: async () => (await import('../datasets/datasets.ru.ts')).datasetsRu,
  },
  experiments: {
    en: async () => (await import('../experiments/experiments.en.ts')).experimentsEn,
    ru: async () => (await import('../experiments/experiments.ru.ts')).experimentsRu,
  },
  keys: {
    en: async () => (await import('../keys/keys.en.ts')).keysEn,
    ru: async () => (await import('../keys/keys.ru.ts')).keysRu,
  },
  lineage: {
    en: async () => (await import('../lineage/lineage.en.ts')).lineageEn,
    ru: async () => (await import('../lineage/lineage.ru.ts')).lineageRu,
  },
  lookalike: {
    en: async () => (await import('../lookalike/lookalike.en.ts')).lookalikeEn,
    ru: async () => (await import('../lookalike/lookalike.ru.ts')).lookalikeRu,
  },
  models: {
    en: async () => (await import('../models/models.en.ts')).modelsEn,
    ru: async () => (await import('../models/models.ru.ts')).modelsRu,
  },
  presets: {
    en: async () => (await import('../presets/presets.en.ts')).presetsEn,
    ru: async () => (await import('../presets/presets.ru.ts')).presetsRu,
  },
  requests: {
    en: async () => (await import('../requests/requests.en.ts')).requestsEn,
    ru: async () => (await import('../requests/requests.ru.ts')).requestsRu,
  },
  schedules: {
    en: async () => (await import('../schedules/schedules.en.ts')).schedulesEn,
    ru: async () => (await import('../schedules/schedules.ru.ts')).schedulesRu,
  },
  searches: {
    en: async () => (await import('../searches/searches.en.ts')).searchesEn,
    ru: async () => (await import('../searches/searches.ru.ts')).searchesRu,
  },
  settings: {
    en: async () => (await import('../settings/settings.en.ts')).settingsEn,
    ru: async () => (await import('../settings/settings.ru.ts')).settingsRu,
  },
  system: {
    en: async () => (await import('../system/system.en.ts')).systemEn,
    ru: async () => (await import('../system/system.ru.ts')).systemRu,
  },
  users: {
    en: async () => (await import('../users/users.en.ts')).usersEn,
    ru: async () => (await import('../users/users.ru.ts')).usersRu,
  },
  versions: {
    en: async () => (await import('../versions/versions.en.ts')).versionsEn,
    ru: async () => (await import('../versions/versions.ru.ts')).versionsRu,
  },
  labels: {
    en: async () => (await import('../clusterings/labels/labels.en.ts')).labelsEn,
    ru: async () => (await import('../clusterings/labels/labels.ru.ts')).labelsRu,
  },
  places: {
    en: async () => (await import('../clusterings/map/places.en.ts')).placesEn,
    ru: async () => (await import('../clusterings/map/places.ru.ts')).placesRu,
  },
} satisfies Readonly<Record<string, Readonly<Record<Locale, () => Promise<object>>>>>;

export type PageTexts = keyof typeof PAGE_TEXTS;
