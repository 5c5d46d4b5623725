import { Chip } from '@mui/material';
import { useTranslate } from 'react-admin';

/** What a version is called beside its number: who serves, and who was the last to contend. */
export function AliasChips({ aliases }: { readonly aliases: readonly string[] }) {
  const translate = useTranslate();
  return aliases.map((alias) => (
    <Chip
      key={alias}
      size="small"
      color={alias === 'champion' ? 'primary' : 'default'}
      variant={alias === 'champion' ? 'filled' : 'outlined'}
      label={translate(`models.alias.${alias}`, { _: alias })}
      data-alias={alias}
      sx={{ mr: 0.5 }}
    />
  ));
}
