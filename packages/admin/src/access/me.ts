import type { Ask } from '../graphql/client.ts';
import { succeeded } from '../graphql/failure.ts';
import type { Result } from '../graphql/graphql.ts';
import { ChangePassword, type MeFields, SignIn, SignOut, WhoAmI } from './access-documents.ts';

/** Each may what those before it may. */
export const ROLES = ['viewer', 'operator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export interface Me {
  readonly name: string;
  readonly role: Role;
  /** Names of mutations. */
  readonly may: ReadonlySet<string>;
  /** Until then the service refuses everything else. */
  readonly mustChangePassword: boolean;
}

export interface Accounts {
  /** Null for a stranger. */
  me(): Promise<Me | null>;
  signIn(name: string, password: string): Promise<Me>;
  signOut(): Promise<void>;
  changePassword(current: string, next: string): Promise<Me>;
}

export function accountsOf(ask: Ask): Accounts {
  return {
    me: async () => {
      const { me } = await ask(WhoAmI);
      return me && meOf(me);
    },
    signIn: async (name, password) => meOf(succeeded((await ask(SignIn, { name, password })).result)),
    signOut: async () => {
      await ask(SignOut);
    },
    changePassword: async (current, next) => meOf(succeeded((await ask(ChangePassword, { current, next })).result)),
  };
}

function meOf({ name, role, may, mustChangePassword }: Result<typeof MeFields>): Me {
  return { name, role, may: new Set(may), mustChangePassword };
}

export function mayUse(me: Me | null, mutation: string): boolean {
  return me?.may.has(mutation) ?? false;
}

export function hasRole(me: Me | null, least: Role): boolean {
  return me !== null && ROLES.indexOf(me.role) >= ROLES.indexOf(least);
}
