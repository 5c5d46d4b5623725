import { builder } from '../../graphql/builder.ts';
import { connectionOf, PageOrder } from '../../graphql/connection.ts';
import { entityById } from '../../graphql/entities.ts';
import { ROLES } from '../role.ts';
import { RoleEnum, seesUsers } from '../user.graphql.ts';
import { AuditEntry } from './audit-entry.entity.ts';

const AuditEntryRef = builder.objectRef<AuditEntry>('AuditEntry');

builder.node(AuditEntryRef, {
  description: 'A mutation that was asked for, by whom and with what outcome; refused ones too.',
  id: { resolve: (entry) => entry.id },
  isTypeOf: (value) => value instanceof AuditEntry,
  loadOne: (id, context) => (seesUsers(context.caller) ? entityById(context, AuditEntry, id) : null),
  fields: (t) => ({
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    who: t.exposeString('who', {
      description: 'Name of the user or of the API key; rest for REST without either; stranger; system.',
    }),
    role: t.field({
      type: RoleEnum,
      nullable: true,
      description: 'At that time.',
      resolve: ({ role }) => ROLES.find((one) => one === role) ?? null,
    }),
    action: t.exposeString('action', { description: 'Name of the mutation.' }),
    target: t.exposeString('target', { nullable: true, description: 'What it was about.' }),
    arguments: t.field({
      type: 'Json',
      description: 'Without secrets, and cut to a size.',
      resolve: (entry) => entry.arguments,
    }),
    outcome: t.exposeString('outcome', { description: 'OK, or the code of the error.' }),
    requestId: t.exposeString('requestId', { description: 'As the header X-Request-Id of the answer had it.' }),
    address: t.exposeString('address', { nullable: true }),
  }),
});

builder.queryField('auditEntries', (t) =>
  t.connection({
    type: AuditEntryRef,
    args: {
      who: t.arg.string(),
      action: t.arg.string(),
      since: t.arg({ type: 'DateTime' }),
      until: t.arg({ type: 'DateTime', description: 'Exclusive.' }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
    },
    resolve: (_root, args, { core }) => {
      const { who, action, since, until } = args;
      const at = { ...(since ? { $gte: since } : {}), ...(until ? { $lt: until } : {}) };
      return connectionOf(core, AuditEntry, args, {
        who: who ?? undefined,
        action: action ?? undefined,
        at: since || until ? at : undefined,
      });
    },
  }),
);
