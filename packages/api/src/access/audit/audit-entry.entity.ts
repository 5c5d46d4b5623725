import { defineEntity, p } from '@mikro-orm/core';
import type { Json } from '../../pipelines/stage.ts';

/** A mutation that was asked for, by whom and with what outcome. */
const schema = defineEntity({
  name: 'AuditEntry',
  indexes: [{ properties: ['who', 'id'] }, { properties: ['action', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    at: p.datetime(3).index(),
    who: p.text(),
    /** Null for a stranger and for the process itself. */
    role: p.text().nullable(),
    action: p.text(),
    target: p.text().nullable(),
    arguments: p.json<Json>(),
    /** `OK`, or the code of the error. */
    outcome: p.text(),
    requestId: p.text(),
    address: p.text().nullable(),
  },
});

export class AuditEntry extends schema.class {}
schema.setClass(AuditEntry);
