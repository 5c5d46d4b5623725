import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import type { Json } from '../pipelines/stage.ts';

/** A job that is made again and again, at the times of a cron expression. */
const schema = defineEntity({
  name: 'Schedule',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    name: p.text().unique(),
    pipeline: p.text(),
    /** What the pipeline is asked for, as in starters.ts. */
    request: p.json<Record<string, Json>>(),
    cron: p.text(),
    timeZone: p.text(),
    enabled: p.boolean().default(true),
    /** Null while it is paused. */
    nextDueAt: p.datetime(3).nullable().index(),
    /** Why the last try to make a run broke off, until one succeeds. */
    error: p.text().nullable(),
    /** It is not tried again before. */
    retryAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class Schedule extends schema.class {}
schema.setClass(Schedule);
