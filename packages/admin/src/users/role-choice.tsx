import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, Typography } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { ROLES, type Role } from '../access/me.ts';

export interface RoleChoiceProps {
  readonly value: Role;
  onChange(role: Role): void;
}

/** Roles with what each may. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const translate = useTranslate();
  const id = useId();
  return (
    <FormControl>
      <FormLabel id={id}>{translate('resources.users.fields.role')}</FormLabel>
      <RadioGroup aria-labelledby={id} value={value} onChange={({ target }) => onChange(asRole(target.value))}>
        {ROLES.map((role) => (
          <FormControlLabel
            key={role}
            value={role}
            control={<Radio size="small" />}
            label={
              <>
                {translate(`access.role.${role}`)}{' '}
                <Typography component="span" variant="body2" color="textSecondary">
                  {translate(`users.means.${role}`)}
                </Typography>
              </>
            }
          />
        ))}
      </RadioGroup>
    </FormControl>
  );
}

const asRole = (text: string): Role => ROLES.find((role) => role === text) ?? 'viewer';
