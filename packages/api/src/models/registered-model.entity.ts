import { defineEntity, p } from '@mikro-orm/core';

/** A name under which versions of a model are kept. */
const schema = defineEntity({
  name: 'RegisteredModel',
  properties: {
    name: p.text().primary(),
    description: p.text().default(''),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

export class RegisteredModel extends schema.class {}
schema.setClass(RegisteredModel);
