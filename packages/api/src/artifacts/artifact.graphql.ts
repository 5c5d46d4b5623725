import { DomainError } from '../errors.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, PageOrder } from '../graphql/connection.ts';
import { entityById, uuidOf } from '../graphql/entities.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import type { Json } from '../pipelines/stage.ts';
import { Artifact } from './artifact.entity.ts';

/** What is sent within an answer; larger files are downloaded. */
const MOST_JSON = 8 * 2 ** 20;

export const ArtifactRef = builder.objectRef<Artifact>('Artifact');

builder.node(ArtifactRef, {
  description: 'A file that a stage wrote.',
  id: { resolve: (artifact) => artifact.id },
  isTypeOf: (value) => value instanceof Artifact,
  loadOne: (id, context) => entityById(context, Artifact, id),
  fields: (t) => ({
    name: t.exposeString('name'),
    hash: t.exposeString('hash', { description: 'sha-256 of the bytes.' }),
    bytes: t.field({ type: 'SafeInt', resolve: (artifact) => artifact.bytes }),
    createdAt: t.field({ type: 'DateTime', resolve: (artifact) => artifact.createdAt }),
    deletedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When retention removed the bytes.',
      resolve: (artifact) => artifact.deletedAt ?? null,
    }),
    json: t.field({
      type: 'Json',
      nullable: true,
      description: 'What a JSON file of up to 8 MiB holds; null of other files.',
      resolve: async ({ name, bytes, deletedAt, objectKey }, _args, { core }) => {
        if (!name.endsWith('.json') || deletedAt) return null;
        if (bytes > MOST_JSON) throw new DomainError('TOO_LARGE', `${name} is too large for an answer: download it`);
        return JSON.parse((await core.objects.get(objectKey)).toString('utf8')) as Json;
      },
    }),
  }),
});

builder.objectField(JobRef, 'artifacts', (t) =>
  t.connection({
    type: ArtifactRef,
    args: { order: t.arg({ type: PageOrder, defaultValue: 'asc' }) },
    resolve: (job, args, { core }) => connectionOf(core, Artifact, args, { job: job.id }),
  }),
);

builder.queryField('artifacts', (t) =>
  t.connection({
    type: ArtifactRef,
    args: {
      name: t.arg.string(),
      hash: t.arg.string({ description: 'Files of these bytes, whoever wrote them.' }),
      kept: t.arg.boolean({ description: 'Only those whose bytes are there, or only those that retention removed.' }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
    },
    resolve: (_root, args, { core }) =>
      connectionOf(core, Artifact, args, {
        name: args.name ?? undefined,
        hash: args.hash ?? undefined,
        deletedAt: args.kept == null ? undefined : args.kept ? null : { $ne: null },
      }),
  }),
);

builder.queryField('artifact', (t) =>
  t.field({
    type: ArtifactRef,
    nullable: true,
    args: { id: t.arg.globalID({ required: true, for: ArtifactRef }) },
    resolve: (_root, { id }, context) => entityById(context, Artifact, uuidOf(id)),
  }),
);
