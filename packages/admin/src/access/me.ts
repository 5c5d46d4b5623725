import type { Ask } from '../graphql/client.ts';
import { Failure, succeeded } from '../graphql/failure.ts';
import { type AnyDocument, graphql } from '../graphql/graphql.ts';

const ROLES = ['viewer', 'operator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export interface Me {
  readonly name: string;
  readonly role: Role;
  /** Names of mutations; `everything` where the server has no accounts yet. */
  readonly may: ReadonlySet<string> | 'everything';
  readonly mustChangePassword: boolean;
}

/** Whoever comes to a server without accounts: it takes every call. */
const ANYBODY: Me = { name: '', role: 'administrator', may: 'everything', mustChangePassword: false };

interface MeAnswer {
  readonly name: string;
  readonly role: Role;
  readonly may: readonly string[];
  readonly mustChangePassword: boolean;
}

// Texts, not typed documents, until the printed schema has accounts.
const untyped = graphql as unknown as (text: string) => AnyDocument;
const ME = untyped('query Me { me { name role may mustChangePassword } }');
const SIGN_IN = untyped(`mutation SignIn($name: String!, $password: String!) {
  signIn(name: $name, password: $password) {
    __typename
    ... on Me { name role may mustChangePassword }
    ... on SignInRefusedError { code message retryAfter }
  }
}`);
const SIGN_OUT = untyped('mutation SignOut { signOut }');

export interface Accounts {
  me(): Promise<Me | null>;
  signIn(name: string, password: string): Promise<Me>;
  signOut(): Promise<void>;
}

export function accountsOf(ask: Ask): Accounts {
  return {
    me: async () => {
      try {
        const { me } = (await ask(ME)) as { readonly me: MeAnswer | null };
        return me && meOf(me);
      } catch (error) {
        if (error instanceof Failure && /Cannot query field "me"/.test(error.message)) return ANYBODY;
        throw error;
      }
    },
    signIn: async (name, password) => {
      const variables = { name, password } as never;
      const { signIn } = (await ask(SIGN_IN, variables)) as {
        readonly signIn: (MeAnswer & { readonly __typename: 'Me' }) | { readonly __typename: 'SignInRefusedError' };
      };
      return meOf(succeeded(signIn));
    },
    signOut: async () => {
      await ask(SIGN_OUT);
    },
  };
}

function meOf({ name, role, may, mustChangePassword }: MeAnswer): Me {
  return { name, role, may: new Set(may), mustChangePassword };
}

export function mayUse(me: Me | null, mutation: string): boolean {
  return me !== null && (me.may === 'everything' || me.may.has(mutation));
}

export function hasRole(me: Me | null, least: Role): boolean {
  return me !== null && ROLES.indexOf(me.role) >= ROLES.indexOf(least);
}
