import { builder } from '../graphql/builder.ts';
import { CHECK_STATUSES, type Check, type ReadinessReport } from './readiness.ts';

const CheckStatus = builder.enumType('CheckStatus', { values: CHECK_STATUSES });

const CheckRef = builder.objectRef<Check>('ReadinessCheck').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    status: t.field({ type: CheckStatus, resolve: ({ status }) => status }),
    message: t.exposeString('message'),
  }),
});

export const ReadinessRef = builder.objectRef<ReadinessReport>('Readiness').implement({
  description: 'Whether the process that answers can do its work.',
  fields: (t) => ({
    ready: t.exposeBoolean('ready', { description: 'No check has failed.' }),
    checks: t.field({ type: [CheckRef], resolve: ({ checks }) => [...checks] }),
  }),
});

builder.queryField('readiness', (t) =>
  t.field({ type: ReadinessRef, resolve: (_root, _args, { readiness }) => readiness.check() }),
);
