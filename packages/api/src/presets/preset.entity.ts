import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '../db/ids.ts';
import type { Json } from '../pipelines/stage.ts';

/** Parameters of a pipeline under a name, made by somebody. Those that come with the service are in presets.ts. */
const schema = defineEntity({
  name: 'Preset',
  uniques: [{ properties: ['pipeline', 'name'] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    pipeline: p.text(),
    name: p.text(),
    description: p.text().default(''),
    params: p.json<Record<string, Json>>(),
    updatedAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

export class Preset extends schema.class {}
schema.setClass(Preset);
