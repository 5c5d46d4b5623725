import { defineEntity, p } from '@mikro-orm/core';

/** A process of the service that lives, or was gone without a word. */
const schema = defineEntity({
  name: 'ServiceProcess',
  properties: {
    id: p.uuid().primary(),
    role: p.text().$type<'all' | 'api' | 'worker'>(),
    host: p.text(),
    pid: p.integer(),
    /** Of the code that runs; null where nobody knows. */
    commit: p.text().fieldName('source_commit').nullable(),
    /** Ids of the jobs that it runs. */
    jobs: p.json<string[]>(),
    memoryBytes: p.double().$type<number>(),
    startedAt: p.datetime(3),
    seenAt: p.datetime(3),
  },
});

export class ServiceProcess extends schema.class {}
schema.setClass(ServiceProcess);
