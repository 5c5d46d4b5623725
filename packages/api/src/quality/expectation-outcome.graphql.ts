import { builder } from '../graphql/builder.ts';
import { type ExpectationOutcome, expectationOutcomes } from './expectation-outcome.ts';
import { ValidationResult } from './validation-result.entity.ts';
import { ValidationResultRef } from './validation-result.graphql.ts';

const Sample = builder.simpleObject('UnexpectedSample', {
  fields: (t) => ({
    value: t.string(),
    count: t.int({ nullable: true, description: 'Rows that have it; null where nobody counted.' }),
  }),
});

const OutcomeRef = builder.objectRef<ExpectationOutcome>('ExpectationOutcome').implement({
  description: 'What one expectation came to.',
  fields: (t) => ({
    table: t.exposeString('table'),
    check: t.exposeString('check', { description: 'Its name in `failedChecks`.' }),
    type: t.exposeString('type', { description: "Great Expectations' name." }),
    column: t.string({ nullable: true, resolve: ({ column }) => column ?? null }),
    severity: t.exposeString('severity'),
    success: t.exposeBoolean('success'),
    kwargs: t.field({ type: 'Json', description: 'What it expects.', resolve: ({ kwargs }) => kwargs }),
    elements: t.int({ nullable: true, description: 'Rows.', resolve: ({ elements }) => elements ?? null }),
    missing: t.int({ nullable: true, description: 'Rows without a value.', resolve: ({ missing }) => missing ?? null }),
    unexpected: t.int({ nullable: true, resolve: ({ unexpected }) => unexpected ?? null }),
    unexpectedPercent: t.float({
      nullable: true,
      description: 'Of the rows that have a value.',
      resolve: ({ unexpectedPercent }) => unexpectedPercent ?? null,
    }),
    observed: t.field({ type: 'Json', nullable: true, resolve: ({ observed }) => observed ?? null }),
    samples: t.field({
      type: [Sample],
      description: 'Values that it did not expect.',
      resolve: ({ samples }) => samples.map(({ value, count }) => ({ value, count: count ?? null })),
    }),
  }),
});

builder.objectField(ValidationResultRef, 'expectations', (t) =>
  t.field({
    type: [OutcomeRef],
    description: 'All of them, in the order of the suite.',
    args: {
      table: t.arg.string(),
      success: t.arg.boolean({ description: 'Only those that were met, or only the others.' }),
    },
    resolve: async ({ id }, { table, success }, { core }) => {
      const whole = await core.database.fork().findOne(ValidationResult, { id }, { populate: ['result'] });
      const outcomes = whole?.result == null ? [] : expectationOutcomes(whole.result);
      return outcomes.filter(
        (one) => (table == null || one.table === table) && (success == null || one.success === success),
      );
    },
  }),
);
