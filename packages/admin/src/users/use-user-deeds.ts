import { useTranslate } from 'react-admin';
import { useFailureText } from '../display/failure-note.tsx';
import { asFailure, succeeded } from '../graphql/failure.ts';
import type { Variables } from '../graphql/graphql.ts';
import { type DeedOptions, useDeed } from '../graphql/use-deed.ts';
import { ChangeUser, CreateUser, ResetPassword } from './user-documents.ts';
import type { User } from './user-resource.ts';

const SHOWN = ['users'];

export const useChangeUser = (done: string, options: Pick<DeedOptions<User>, 'onDone' | 'onFailure'>) =>
  useDeed<Variables<typeof ChangeUser>, User>(async (ask, said) => succeeded((await ask(ChangeUser, said)).result), {
    shown: SHOWN,
    done,
    ...options,
  });

export const useCreateUser = (onDone: (user: User) => void) =>
  useDeed<Variables<typeof CreateUser>, User>(async (ask, said) => succeeded((await ask(CreateUser, said)).result), {
    shown: SHOWN,
    done: 'users.create.done',
    onDone,
  });

export const useResetPassword = (onDone: (made: { readonly password: string }) => void) =>
  useDeed<Variables<typeof ResetPassword>, { readonly password: string }>(
    async (ask, said) => succeeded((await ask(ResetPassword, said)).result),
    { shown: SHOWN, onDone },
  );

/** The only state that forbids a change of a user is to be the last administrator. */
export function useUserFailureText(): (error: unknown) => string {
  const translate = useTranslate();
  const failureText = useFailureText();
  return (error) =>
    asFailure(error).code === 'INVALID_STATE' ? translate('users.last_administrator') : failureText(error);
}
