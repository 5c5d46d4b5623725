import { builder } from '../graphql/builder.ts';
import type { SettingReport } from '../setting-report.ts';

const SettingSource = builder.enumType('SettingSource', {
  values: {
    default: { description: 'Nobody has said otherwise.' },
    environment: {},
    file: { description: 'Of the file that the setting of this name and `_FILE` names.' },
  } as const,
});

const SettingRef = builder.objectRef<SettingReport>('Setting').implement({
  description: 'A setting of the process that answers, as it was when it started.',
  fields: (t) => ({
    name: t.exposeString('name'),
    value: t.exposeString('value', {
      nullable: true,
      description: 'As it counts. Null where it is not set, and of every secret.',
    }),
    isSet: t.exposeBoolean('isSet', { description: 'It has a value, be it the default.' }),
    secret: t.exposeBoolean('secret'),
    source: t.field({ type: SettingSource, resolve: ({ source }) => source }),
    meaning: t.exposeString('meaning'),
  }),
});

builder.queryField('settings', (t) =>
  t.field({
    type: [SettingRef],
    description: 'All of them, in the order of their list.',
    resolve: (_root, _args, { core }) => [...core.config.settings],
  }),
);
