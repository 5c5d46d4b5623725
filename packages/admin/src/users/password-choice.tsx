import { Checkbox, FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, Stack, TextField } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { SHORTEST_PASSWORD } from '../access/password-length.ts';
import { madeUpPassword } from './made-up-password.ts';

export type ChosenPassword =
  | { readonly kind: 'made up'; readonly password: string }
  | { readonly kind: 'typed'; readonly password: string; readonly mustChange: boolean };

export const isLongEnough = ({ password }: ChosenPassword): boolean => password.length >= SHORTEST_PASSWORD;

export interface PasswordChoiceProps {
  readonly value: ChosenPassword;
  onChange(value: ChosenPassword): void;
}

export function PasswordChoice({ value, onChange }: PasswordChoiceProps) {
  const translate = useTranslate();
  const id = useId();
  const choose = (kind: string) =>
    onChange(
      kind === 'typed'
        ? { kind: 'typed', password: '', mustChange: true }
        : { kind: 'made up', password: madeUpPassword() },
    );
  return (
    <FormControl>
      <FormLabel id={id}>{translate('users.create.password')}</FormLabel>
      <RadioGroup aria-labelledby={id} value={value.kind} onChange={({ target }) => choose(target.value)}>
        <FormControlLabel value="made up" control={<Radio size="small" />} label={translate('users.create.made_up')} />
        <FormControlLabel value="typed" control={<Radio size="small" />} label={translate('users.create.typed')} />
      </RadioGroup>
      {value.kind === 'typed' && (
        <Stack>
          <TextField
            label={translate('users.create.password')}
            type="password"
            value={value.password}
            onChange={({ target }) => onChange({ ...value, password: target.value })}
            error={value.password !== '' && !isLongEnough(value)}
            helperText={translate('access.change.short', { length: SHORTEST_PASSWORD })}
            autoComplete="new-password"
            required
          />
          <FormControlLabel
            control={
              <Checkbox
                checked={value.mustChange}
                onChange={({ target }) => onChange({ ...value, mustChange: target.checked })}
              />
            }
            label={translate('users.create.must_change')}
          />
        </Stack>
      )}
    </FormControl>
  );
}
