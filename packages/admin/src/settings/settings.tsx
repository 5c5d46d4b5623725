import { Box, Chip, Skeleton, Stack, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { Panel } from '../display/panel.tsx';
import { useQuestion } from '../graphql/use-ask.tsx';
import { SettingList } from './setting-documents.ts';
import { useSettingMeanings } from './setting-meanings.ts';
import { matching, type Setting } from './setting-search.ts';

/** What the process that answers was started with. Read only: settings are of its environment. */
export default function Settings() {
  const translate = useTranslate();
  const [text, setText] = useState('');
  const { data, error, refetch } = useQuestion(['settings'], SettingList, {});
  const title = translate('resources.settings.name', { smart_count: 2 });
  const meanings = useSettingMeanings();
  const told = data?.settings.map((setting) => ({ ...setting, meaning: meanings[setting.name] ?? setting.meaning }));
  const found = told && matching(told, text);
  return (
    <Stack spacing={2} sx={{ mt: 2 }}>
      <Title title={title} />
      <Panel
        title={title}
        action={
          <Box data-search sx={{ minWidth: 220 }}>
            <TextField
              label={translate('settings.search')}
              type="search"
              value={text}
              onChange={({ target }) => setText(target.value)}
              fullWidth
            />
          </Box>
        }
      >
        <Typography variant="body2" color="textSecondary">
          {translate('settings.text')}
        </Typography>
        {error && <FailureNote error={error} onRetry={() => refetch()} />}
        {!data && !error && <Skeleton variant="rounded" height={320} />}
        {found?.length === 0 && <Typography sx={{ mt: 2 }}>{translate('settings.none')}</Typography>}
        {found?.map((setting) => (
          <SettingRow key={setting.name} setting={setting} />
        ))}
      </Panel>
    </Stack>
  );
}

function SettingRow({ setting: { name, meaning, source, ...setting } }: { readonly setting: Setting }) {
  const translate = useTranslate();
  return (
    <Box
      data-setting={name}
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 5fr) minmax(0, 4fr) 140px' },
        columnGap: 2,
        rowGap: 0.5,
        py: 1.25,
        borderBottom: 1,
        borderColor: 'divider',
        alignItems: 'center',
      }}
    >
      <Box>
        <Typography component="code" sx={{ fontFamily: 'monospace', fontSize: 13, overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {meaning}
        </Typography>
      </Box>
      <Box sx={{ overflowWrap: 'anywhere' }}>
        <Value {...setting} />
      </Box>
      <Box>
        <Chip
          size="small"
          variant="outlined"
          color={source === 'default' ? 'default' : 'info'}
          label={translate(`settings.source.${source}`)}
        />
      </Box>
    </Box>
  );
}

function Value({ value, isSet, secret }: Pick<Setting, 'value' | 'isSet' | 'secret'>) {
  const translate = useTranslate();
  if (value !== null) return <code style={{ fontSize: 13 }}>{value === '' ? '""' : value}</code>;
  const word = isSet ? (secret ? 'settings.secret' : 'settings.set') : 'settings.unset';
  return (
    <Typography variant="body2" component="span" color={isSet ? 'textPrimary' : 'textSecondary'}>
      {translate(word)}
    </Typography>
  );
}
