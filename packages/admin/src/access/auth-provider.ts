import type { AuthProvider } from 'react-admin';
import { asFailure } from '../graphql/failure.ts';
import type { Session } from './session.ts';

/** react-admin's questions about who is there, answered by the session. */
export function createAuthProvider(session: Session): AuthProvider {
  return {
    login: ({ username, password }: { username: string; password: string }) => session.signIn(username, password),
    logout: async () => {
      // A session that the server has ended already needs no ending.
      await session.signOut().catch(() => session.ended());
    },
    checkAuth: async () => {
      // A server that does not answer has not said that nobody is signed in: the page tells of it and tries again.
      const me = await session.known().catch(() => undefined);
      if (me === null) throw new Error('auth.signed_out');
    },
    checkError: async (error: unknown) => {
      if (asFailure(error).code !== 'UNAUTHENTICATED') return;
      session.ended();
      throw new Error('auth.signed_out');
    },
    getIdentity: async () => {
      const me = await session.known().catch(() => null);
      return { id: me?.name ?? '', fullName: me?.name ?? '' };
    },
    getPermissions: async () => (await session.known().catch(() => null))?.role,
  };
}
