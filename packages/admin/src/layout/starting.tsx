import { Box, LinearProgress } from '@mui/material';

/** What stands there before it is known who looks on: as `index.html` has it until the console runs. */
export function Starting() {
  return (
    <Box role="status" sx={{ minHeight: '60vh', display: 'grid', placeContent: 'center', gap: 1.5 }}>
      Kindred
      <LinearProgress aria-label="Kindred" sx={{ width: 160 }} />
    </Box>
  );
}
