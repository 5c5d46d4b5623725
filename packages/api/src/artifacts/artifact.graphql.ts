import { pageQuery } from '../db/page.ts';
import { builder } from '../graphql/builder.ts';
import { PageOrder, pageRequest, toConnection } from '../graphql/connection.ts';
import { entityById, uuidOf } from '../graphql/entities.ts';
import { JobRef } from '../jobs/job.graphql.ts';
import { Artifact } from './artifact.entity.ts';

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
  }),
});

builder.objectField(JobRef, 'artifacts', (t) =>
  t.connection({
    type: ArtifactRef,
    args: { order: t.arg({ type: PageOrder, defaultValue: 'asc' }) },
    resolve: async (job, args, { core }) => {
      const query = pageQuery(pageRequest(args));
      const where = { ...query.where, job: job.id } as never;
      const rows = await core.database.fork().find(Artifact, where, { orderBy: query.orderBy, limit: query.limit });
      return toConnection(query.page(rows));
    },
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
    resolve: async (_root, args, { core }) => {
      const query = pageQuery(pageRequest(args));
      const where = {
        ...query.where,
        ...(args.name == null ? {} : { name: args.name }),
        ...(args.hash == null ? {} : { hash: args.hash }),
        ...(args.kept == null ? {} : { deletedAt: args.kept ? null : { $ne: null } }),
      } as never;
      const rows = await core.database.fork().find(Artifact, where, { orderBy: query.orderBy, limit: query.limit });
      return toConnection(query.page(rows));
    },
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
