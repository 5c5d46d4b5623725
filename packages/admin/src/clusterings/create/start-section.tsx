import { Box, Button, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Panel } from '../../display/panel.tsx';
import type { Result } from '../../graphql/graphql.ts';
import type { PresetList } from '../../presets/preset-documents.ts';
import { isObject, type Params } from './draft.ts';

export const MANUAL = '';

export interface StartSectionProps {
  readonly presets: Result<typeof PresetList>['presets'];
  /** Name of the preset that the parameters began with. */
  readonly chosen: string;
  onChange(preset: string, params: Params): void;
}

/** What the parameters begin with: a preset, or their defaults. */
export function StartSection({ presets, chosen, onChange }: StartSectionProps) {
  const translate = useTranslate();
  const cards = [
    {
      name: MANUAL,
      title: translate('clusterings.create.manual'),
      text: translate('clusterings.create.manual_text'),
      params: {},
    },
    ...presets.map(({ name, description, params }) => ({
      name,
      title: translate(`clusterings.preset.${name}.title`, { _: name }),
      text: translate(`clusterings.preset.${name}.text`, { _: description }),
      params: isObject(params) ? params : {},
    })),
  ];
  return (
    <Panel title={translate('clusterings.create.start')}>
      <Box
        role="radiogroup"
        aria-label={translate('clusterings.create.start')}
        sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 200px), 1fr))' }}
      >
        {cards.map(({ name, title, text, params }) => {
          const isChosen = name === chosen;
          return (
            <Button
              key={name}
              role="radio"
              aria-checked={isChosen}
              variant="outlined"
              color={isChosen ? 'primary' : 'inherit'}
              onClick={() => onChange(name, params)}
              sx={{
                display: 'block',
                textAlign: 'left',
                minWidth: 0,
                overflowWrap: 'anywhere',
                p: 1.5,
                borderColor: isChosen ? 'primary.main' : 'divider',
                bgcolor: isChosen ? 'action.selected' : 'transparent',
              }}
            >
              <Typography sx={{ fontWeight: 600 }}>{title}</Typography>
              <Typography variant="body2" color={isChosen ? 'textPrimary' : 'textSecondary'} sx={{ fontWeight: 400 }}>
                {text}
              </Typography>
            </Button>
          );
        })}
      </Box>
    </Panel>
  );
}
