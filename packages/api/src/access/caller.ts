import type { Role } from './role.ts';
import type { Scope } from './rules.ts';

interface Known {
  readonly name: string;
  readonly role: Role;
}

interface UserCaller extends Known {
  readonly kind: 'user';
  readonly userId: string;
  readonly sessionId: string;
  readonly mustChangePassword: boolean;
}

interface KeyCaller extends Known {
  readonly kind: 'key';
  readonly keyId: string;
  readonly scopes: readonly Scope[];
}

/** Who calls the REST routes without a name: anybody where they are open, else whoever has the token. */
interface RestCaller extends Known {
  readonly kind: 'rest';
}

/** Who asks. `system` is the process itself, which no rule is for. */
export type Caller =
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'stranger' }
  | UserCaller
  | KeyCaller
  | RestCaller;
export type KnownCaller = UserCaller | KeyCaller | RestCaller;

export const SYSTEM: Caller = { kind: 'system', name: 'system' };
export const STRANGER: Caller = { kind: 'stranger' };
export const REST: RestCaller = { kind: 'rest', name: 'rest', role: 'operator' };

export const isKnown = (caller: Caller): caller is KnownCaller =>
  caller.kind !== 'system' && caller.kind !== 'stranger';

/** What a door knows of a request beside its caller. */
export interface CallFacts {
  readonly door: 'rest' | 'graphql';
  readonly requestId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Gives the caller a session, or takes it away; undefined where no cookie may be set. */
  readonly setSession?: ((session: { readonly token: string; readonly endsAt: Date } | undefined) => void) | undefined;
  /** Looks now and then, while a subscription lasts, whether the caller is still who it was. */
  readonly watch?: Watch | undefined;
}

export interface Watch {
  readonly everyMs: number;
  stillThere(): Promise<boolean>;
}
