import { Box, Tooltip } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useConnection } from '../live/live-data.tsx';

const COLORS = { live: 'success.main', connecting: 'warning.main', lost: 'error.main' } as const;

/** Whether what is on the screen is live: a dot, and a word where it is not or there is room. */
export function ConnectionMark() {
  const translate = useTranslate();
  const state = useConnection();
  return (
    <Tooltip title={translate(`layout.connection.${state}_hint`)}>
      <Box role="status" data-connection={state} sx={{ display: 'flex', alignItems: 'center', gap: 0.75, mx: 1 }}>
        <Box sx={{ width: 9, height: 9, borderRadius: '50%', bgcolor: COLORS[state] }} aria-hidden="true" />
        <Box component="span" sx={{ fontSize: 13, ...(state === 'live' ? HIDDEN_ON_PHONES : {}) }}>
          {translate(`layout.connection.${state}`)}
        </Box>
      </Box>
    </Tooltip>
  );
}

/** From the eye, not from a screen reader. */
const HIDDEN_ON_PHONES = {
  '@media (max-width: 599px)': {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
};
