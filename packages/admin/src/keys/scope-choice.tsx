import {
  Checkbox,
  FormControl,
  FormControlLabel,
  FormGroup,
  FormHelperText,
  FormLabel,
  Typography,
} from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import type { Role } from '../access/me.ts';
import { useQuestion } from '../graphql/use-ask.tsx';
import { KeyScopes } from './key-documents.ts';
import { mutationsOf } from './mutations-of.ts';

export interface ScopeChoiceProps {
  readonly role: Role;
  readonly value: readonly string[];
  onChange(scopes: readonly string[]): void;
}

/** What a key may be used for: each scope with the mutations that it opens to the role. */
export function ScopeChoice({ role, value, onChange }: ScopeChoiceProps) {
  const translate = useTranslate();
  const id = useId();
  const { data } = useQuestion(['access-rules'], KeyScopes, {});
  return (
    <FormControl component="fieldset" error={value.length === 0}>
      <FormLabel component="legend" id={id}>
        {translate('resources.keys.fields.scopes')}
      </FormLabel>
      <FormGroup aria-labelledby={id}>
        {data?.keyScopes.map((scope) => {
          const mutations = mutationsOf(data.accessRules, scope, role);
          const useless = scope !== 'read' && mutations.length === 0;
          return (
            <FormControlLabel
              key={scope}
              disabled={useless}
              sx={{ alignItems: 'flex-start', my: 0.25 }}
              control={
                <Checkbox
                  size="small"
                  sx={{ py: 0.25 }}
                  checked={!useless && value.includes(scope)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...value, scope] : value.filter((one) => one !== scope))
                  }
                />
              }
              label={
                <>
                  {translate(`keys.scope.${scope}`, { _: scope })}
                  <Typography component="span" variant="body2" color="textSecondary" sx={{ display: 'block' }}>
                    {useless
                      ? translate('keys.scope_needs_more')
                      : translate(`keys.scope_means.${scope}`, { _: mutations.join(', ') })}
                  </Typography>
                </>
              }
            />
          );
        })}
      </FormGroup>
      <FormHelperText>{value.length === 0 ? translate('keys.create.no_scope') : ' '}</FormHelperText>
    </FormControl>
  );
}
