import { DomainError } from '../errors.ts';
import { builder } from '../graphql/builder.ts';
import { InvalidInputError, NotFoundError, NotReadyError } from '../graphql/expected-errors.ts';
import { ModelVersionRef } from '../models/model.graphql.ts';
import type { Reason } from './engine/reasons.ts';
import {
  audience,
  audienceMember,
  MAX_REQUESTS,
  type ServiceStatus as Status,
  servedModel,
  serviceStatus,
} from './lookalike.operations.ts';
import type { AudienceAnswer, MemberAnswer } from './serving/audience-server.ts';
import type { ScoredMember } from './serving/messages.ts';

const PipelineStatus = builder.enumType('PipelineStatus', { values: ['idle', 'running', 'failed'] as const });

const ServiceStatus = builder.objectRef<Status>('ServiceStatus').implement({
  fields: (t) => ({
    ready: t.exposeBoolean('ready', { description: 'Whether audiences can be asked for.' }),
    modelVersion: t.exposeString('modelVersion', { nullable: true }),
    dataVersion: t.exposeString('dataVersion', {
      nullable: true,
      description: 'The last version that entered the catalog.',
    }),
    pipelineStatus: t.field({ type: PipelineStatus, resolve: (status) => status.pipelineStatus }),
  }),
});

const ReasonRef = builder.objectRef<Reason>('Reason').implement({
  description: 'A feature and what it adds to the ranker’s score (log odds); negative where it lowers it.',
  fields: (t) => ({ feature: t.exposeString('feature'), impact: t.exposeFloat('impact') }),
});

const Member = builder.objectRef<{ userId: number; score: number }>('AudienceMember').implement({
  fields: (t) => ({
    userId: t.field({ type: 'SafeInt', resolve: ({ userId }) => userId }),
    score: t.exposeFloat('score', {
      description: 'Probability of becoming a new customer of the brand during the offer.',
    }),
  }),
});

const Audience = builder.objectRef<AudienceAnswer>('Audience').implement({
  description: 'The clients most likely to become new customers of an offer’s brand, best first.',
  fields: (t) => ({
    merchantId: t.field({ type: 'SafeInt', resolve: (answer) => answer.merchantId }),
    offerId: t.field({ type: 'SafeInt', resolve: (answer) => answer.offerId }),
    modelVersion: t.exposeString('modelVersion'),
    dataVersion: t.exposeString('dataVersion'),
    size: t.int({ resolve: (answer) => answer.userIds.length }),
    userIds: t.field({ type: ['SafeInt'], resolve: (answer) => [...answer.userIds] }),
    scores: t.floatList({ resolve: (answer) => [...answer.scores] }),
    members: t.field({
      type: [Member],
      resolve: ({ userIds, scores }) => Array.from(userIds, (userId, at) => ({ userId, score: scores[at] })),
    }),
    reasons: t.field({ type: [ReasonRef], resolve: (answer) => [...answer.reasons] }),
  }),
});

const ProfileAttribute = builder.objectRef<ScoredMember['attributes'][number]>('ProfileAttribute').implement({
  description: 'An attribute of a user that `changes` may replace; behaviour is one by its range.',
  fields: (t) => ({
    name: t.exposeString('name'),
    value: t.exposeString('value', { description: 'Empty where it is unknown; with `changes`, the one pretended.' }),
    values: t.exposeStringList('values', { description: 'Every value that somebody has.' }),
  }),
});

type Counterfactual = NonNullable<ScoredMember['counterfactual']>;
const CounterfactualRef = builder.objectRef<Counterfactual>('Counterfactual').implement({
  description: 'The smallest change of one attribute that would move the user across the edge of an audience of 100.',
  fields: (t) => ({
    attribute: t.exposeString('attribute'),
    from: t.exposeString('from'),
    to: t.exposeString('to'),
    score: t.exposeFloat('score'),
  }),
});

const Explained = builder.objectRef<MemberAnswer>('ExplainedMember').implement({
  description: 'One user’s score for one offer, taken apart.',
  fields: (t) => ({
    userId: t.field({ type: 'SafeInt', resolve: (member) => member.userId }),
    modelVersion: t.exposeString('modelVersion'),
    dataVersion: t.exposeString('dataVersion'),
    customer: t.exposeBoolean('customer', { description: 'Already a customer of the brand: never in its audiences.' }),
    score: t.exposeFloat('score'),
    rawScore: t.exposeFloat('rawScore', {
      description: 'Before calibration; base value and contributions add up to it.',
    }),
    baseValue: t.exposeFloat('baseValue'),
    threshold: t.exposeFloat('threshold', { description: 'Score of the last member of an audience of 100.' }),
    contributions: t.field({ type: [ReasonRef], resolve: (member) => [...member.contributions] }),
    counterfactual: t.field({ type: CounterfactualRef, nullable: true, resolve: (member) => member.counterfactual }),
    attributes: t.field({ type: [ProfileAttribute], resolve: (member) => [...member.attributes] }),
  }),
});

const AudienceInput = builder.inputType('AudienceInput', {
  fields: (t) => ({
    merchantId: t.field({ type: 'SafeInt', required: true }),
    offerId: t.field({ type: 'SafeInt', required: true }),
    topN: t.int({ required: true, defaultValue: 100 }),
  }),
});

const ProfileChange = builder.inputType('ProfileChange', {
  fields: (t) => ({ attribute: t.string({ required: true }), value: t.string({ required: true }) }),
});

class AudienceFailure {
  readonly error: DomainError;
  constructor(error: DomainError) {
    this.error = error;
  }
}
const Failure = builder.objectRef<AudienceFailure>('AudienceFailure').implement({
  description: 'Why one of several requests has no audience.',
  fields: (t) => ({
    code: t.string({ resolve: ({ error }) => error.code }),
    message: t.string({ resolve: ({ error }) => error.message }),
  }),
});
const AudienceOutcome = builder.unionType('AudienceOutcome', {
  types: [Audience, Failure],
  resolveType: (value) => (value instanceof AudienceFailure ? Failure : Audience),
});

function changesByName(changes: readonly { attribute: string; value: string }[]): Record<string, string> {
  const byName = new Map(changes.map(({ attribute, value }) => [attribute, value]));
  if (byName.size < changes.length) {
    throw new DomainError('INVALID_INPUT', 'changes names an attribute twice', { details: { field: 'changes' } });
  }
  return Object.fromEntries(byName);
}

const expected = { types: [InvalidInputError, NotFoundError, NotReadyError] };

builder.queryFields((t) => ({
  serviceStatus: t.field({
    type: ServiceStatus,
    resolve: (_root, _args, { core, lookalike }) => serviceStatus(core, lookalike),
  }),
  servedModel: t.field({
    type: ModelVersionRef,
    nullable: true,
    resolve: (_root, _args, { core }) => servedModel(core),
  }),
  audience: t.field({
    type: Audience,
    errors: expected,
    args: {
      merchantId: t.arg({ type: 'SafeInt', required: true }),
      offerId: t.arg({ type: 'SafeInt', required: true }),
      topN: t.arg.int({ required: true, defaultValue: 100 }),
    },
    resolve: (_root, request, { lookalike }) => audience(lookalike, request),
  }),
  audiences: t.field({
    type: [AudienceOutcome],
    description: 'Several audiences at once; each is what the single question answers.',
    args: { requests: t.arg({ type: [AudienceInput], required: true }) },
    resolve: async (_root, { requests }, { lookalike }) => {
      if (requests.length < 1 || requests.length > MAX_REQUESTS) {
        throw new DomainError('INVALID_INPUT', `requests must hold 1 to ${MAX_REQUESTS} entries.`, {
          details: { field: 'requests' },
        });
      }
      return Promise.all(
        requests.map((request) =>
          audience(lookalike, request).catch((error: unknown) => {
            if (error instanceof DomainError && error.code !== 'NOT_READY') return new AudienceFailure(error);
            throw error;
          }),
        ),
      );
    },
  }),
  audienceMember: t.field({
    type: Explained,
    errors: expected,
    description: 'One user’s contributions, as things are or with some attributes changed.',
    args: {
      merchantId: t.arg({ type: 'SafeInt', required: true }),
      offerId: t.arg({ type: 'SafeInt', required: true }),
      userId: t.arg({ type: 'SafeInt', required: true }),
      changes: t.arg({ type: [ProfileChange], required: false }),
    },
    resolve: (_root, { merchantId, offerId, userId, changes }, { lookalike }) =>
      audienceMember(lookalike, { merchantId, offerId, userId, changes: changesByName(changes ?? []) }),
  }),
}));
