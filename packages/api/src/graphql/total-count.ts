import { COUNTED_EXACTLY } from '../db/count-rows.ts';
import { builder } from './builder.ts';

const Total = builder.simpleObject('Total', {
  description: 'How many there are in all pages of a list.',
  fields: (t) => ({
    count: t.field({ type: 'SafeInt' }),
    exact: t.boolean({
      description: `Up to ${COUNTED_EXACTLY.toLocaleString('en')} it is; beyond, the count is an estimate.`,
    }),
  }),
});

/** Of every connection; whoever does not select it does not pay for it. */
builder.globalConnectionField('totalCount', (t) =>
  t.field({
    type: Total,
    description: 'Of what the filters let through, whatever the page.',
    resolve: (connection) => connection.total(),
  }),
);
