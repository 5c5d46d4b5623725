import { defineEntity, p } from '@mikro-orm/core';

/** Sign-ins that failed lately: of an address, of a name, of both together. */
const schema = defineEntity({
  name: 'SignInAttempts',
  properties: {
    /** A hash: names come from strangers and may be of any length. */
    key: p.text().primary(),
    failures: p.integer(),
    lastAt: p.datetime(3).index(),
    blockedUntil: p.datetime(3).nullable(),
  },
});

export class SignInAttempts extends schema.class {}
schema.setClass(SignInAttempts);
