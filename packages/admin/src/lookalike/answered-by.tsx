import { Chip, Stack } from '@mui/material';
import { useTranslate } from 'react-admin';

export interface AnsweredByProps {
  readonly modelVersion: string | null;
  readonly dataVersion: string | null;
}

/** Which model, over which data, has given the answer that is shown. */
export function AnsweredBy({ modelVersion, dataVersion }: AnsweredByProps) {
  const translate = useTranslate();
  return (
    <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }} data-answered-by={`${modelVersion}/${dataVersion}`}>
      <Chip size="small" variant="outlined" label={translate('lookalike.by_model', { version: modelVersion ?? '—' })} />
      <Chip size="small" variant="outlined" label={translate('lookalike.by_data', { version: dataVersion ?? '—' })} />
    </Stack>
  );
}
