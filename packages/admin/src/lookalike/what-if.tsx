import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useFeatureName, useValueText } from './feature-name.ts';
import type { ExplainedMember } from './lookalike-documents.ts';

export type Changes = Readonly<Record<string, string>>;

export interface WhatIfProps {
  /** As the client is. */
  readonly attributes: ExplainedMember['attributes'];
  readonly changes: Changes;
  onChange(changes: Changes): void;
}

/** The client's attributes, each to be pretended otherwise; the score follows at once. */
export function WhatIf({ attributes, changes, onChange }: WhatIfProps) {
  const translate = useTranslate();
  const nameOf = useFeatureName();
  const textOf = useValueText();
  const set = (name: string, was: string, value: string) => {
    const { [name]: _before, ...others } = changes;
    onChange(value === was ? others : { ...others, [name]: value });
  };
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 1.5 }}>
        {translate('lookalike.what_if_hint')}
      </Typography>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
        }}
      >
        {attributes.map(({ name, value, values }) => (
          <TextField
            key={name}
            select
            size="small"
            label={nameOf(name)}
            value={changes[name] ?? value}
            onChange={({ target }) => set(name, value, target.value)}
            color={name in changes ? 'warning' : 'primary'}
            focused={name in changes ? true : undefined}
            helperText={name in changes ? translate('lookalike.really', { value: textOf(value) }) : undefined}
          >
            {value === '' && <MenuItem value="">{textOf('')}</MenuItem>}
            {values.map((one) => (
              <MenuItem key={one} value={one}>
                {textOf(one)}
              </MenuItem>
            ))}
          </TextField>
        ))}
      </Box>
      <Button onClick={() => onChange({})} disabled={Object.keys(changes).length === 0} sx={{ mt: 1.5 }}>
        {translate('lookalike.as_is')}
      </Button>
    </>
  );
}
