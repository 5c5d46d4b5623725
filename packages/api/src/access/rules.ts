import { type Caller, isKnown } from './caller.ts';
import { type Role, reaches } from './role.ts';

/** THE LIST of scopes: an API key may be narrowed to some of them. */
export const SCOPES = ['read', 'data', 'jobs', 'models', 'schedules', 'access'] as const;
export type Scope = (typeof SCOPES)[number];

/** `stranger`: anybody. `session`: whoever has signed in, and no key. */
export type Needs = Role | 'stranger' | 'session';

export interface Rule {
  readonly needs: Needs;
  readonly scope?: Scope;
  /** Also for a user who must choose another password first. */
  readonly first?: true;
  /** So often that the answer does not wait for its line in the journal. */
  readonly often?: true;
}

const operator = (scope: Scope): Rule => ({ needs: 'operator', scope });
const administrator: Rule = { needs: 'administrator', scope: 'access' };

/** THE LIST of mutations and what each needs; the schema is not made while one of its mutations has no line. */
export const MUTATIONS: Readonly<Record<string, Rule>> = {
  signIn: { needs: 'stranger', first: true },
  signOut: { needs: 'session', first: true },
  changePassword: { needs: 'session', first: true },
  endSession: { needs: 'session' },

  createUser: administrator,
  changeUser: administrator,
  resetPassword: administrator,
  createApiKey: administrator,
  revokeApiKey: administrator,

  receiveBatch: { ...operator('data'), often: true },
  receiveBatchBody: { ...operator('data'), often: true },
  commitVersion: operator('data'),
  uploadTable: operator('data'),
  replaceTable: operator('data'),
  renameDataset: operator('data'),
  changeDataset: operator('data'),
  deleteDataset: operator('data'),
  setColumnRoles: operator('data'),

  cancelJob: operator('jobs'),
  continueJob: operator('jobs'),
  rerunJob: operator('jobs'),
  retryJob: operator('jobs'),
  createClusteringJob: operator('jobs'),
  deleteClusteringJob: operator('jobs'),
  runClusteringStage: operator('jobs'),
  createClusteringSearch: operator('jobs'),
  createJobFromSearch: operator('jobs'),
  labelDataset: operator('jobs'),
  takeDendrogramCut: operator('jobs'),
  savePreset: operator('jobs'),
  savePresetFromSearch: operator('jobs'),
  deletePreset: operator('jobs'),

  promoteModel: operator('models'),
  rollbackModel: operator('models'),

  createSchedule: operator('schedules'),
  updateSchedule: operator('schedules'),
  deleteSchedule: operator('schedules'),
  runSchedule: operator('schedules'),
};

/** Queries that need something else than `READING`. */
export const QUERIES: Readonly<Record<string, Rule>> = {
  me: { needs: 'stranger', first: true },
  mySessions: { needs: 'session' },
  users: administrator,
  apiKeys: administrator,
  auditEntries: administrator,
  requests: operator('read'),
  settings: { needs: 'administrator', scope: 'read' },
};

/** Every other query, and every subscription. */
export const READING: Rule = { needs: 'viewer', scope: 'read' };

export interface Refusal {
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  readonly message: string;
  readonly details: Readonly<Record<string, string>>;
}

/** Why the caller may not do what the rule is about; undefined where it may. */
export function refusalOf(caller: Caller, rule: Rule): Refusal | undefined {
  if (caller.kind === 'system' || rule.needs === 'stranger') return undefined;
  if (!isKnown(caller)) {
    const message = 'Sign in, or send Authorization: Bearer <API key>';
    return { code: 'UNAUTHENTICATED', message, details: { needs: rule.needs } };
  }
  if (rule.needs === 'session') {
    if (caller.kind !== 'user') return forbidden('That is for a user who has signed in', { needs: rule.needs });
  } else if (!reaches(caller.role, rule.needs)) {
    const message = `That needs the role ${rule.needs}; yours is ${caller.role}`;
    return forbidden(message, { needs: rule.needs, role: caller.role });
  }
  if (caller.kind === 'key' && rule.scope !== undefined && !caller.scopes.includes(rule.scope)) {
    return forbidden(`That needs the scope ${rule.scope}, which the key lacks`, { scope: rule.scope });
  }
  if (caller.kind === 'user' && caller.mustChangePassword && !rule.first) {
    return forbidden('Choose a password of your own first: changePassword', { needs: 'changePassword' });
  }
  return undefined;
}

/** Names of the mutations that the caller may use, in the order of the list. */
export const mutationsOf = (caller: Caller): string[] =>
  Object.entries(MUTATIONS).flatMap(([name, rule]) => (refusalOf(caller, rule) ? [] : [name]));

const forbidden = (message: string, details: Refusal['details']): Refusal => ({ code: 'FORBIDDEN', message, details });
