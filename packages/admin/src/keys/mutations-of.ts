import { ROLES, type Role } from '../access/me.ts';

export interface AccessRule {
  readonly mutation: string;
  readonly needs: string;
  readonly scope: string | null;
}

/** What a scope opens to a key of the role. */
export function mutationsOf(rules: readonly AccessRule[], scope: string, role: Role): readonly string[] {
  const reached: readonly string[] = ROLES.slice(0, ROLES.indexOf(role) + 1);
  return rules.filter((rule) => rule.scope === scope && reached.includes(rule.needs)).map(({ mutation }) => mutation);
}
