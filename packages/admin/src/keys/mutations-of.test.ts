import { expect, it } from 'vitest';
import { mutationsOf } from './mutations-of.ts';

const RULES = [
  { mutation: 'cancelJob', needs: 'operator', scope: 'jobs' },
  { mutation: 'createUser', needs: 'administrator', scope: 'access' },
  { mutation: 'signOut', needs: 'session', scope: null },
];

it('names what a scope opens to a role, and nothing that needs more', () => {
  expect(mutationsOf(RULES, 'jobs', 'viewer')).toEqual([]);
  expect(mutationsOf(RULES, 'jobs', 'operator')).toEqual(['cancelJob']);
  expect(mutationsOf(RULES, 'access', 'operator')).toEqual([]);
  expect(mutationsOf(RULES, 'access', 'administrator')).toEqual(['createUser']);
});
