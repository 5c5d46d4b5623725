import { Box, Button, Card } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState } from '../display/empty-state.tsx';

/** Before the first model: how to come to one. */
export function NothingServes() {
  const translate = useTranslate();
  return (
    <Card>
      <EmptyState
        title={translate('lookalike.empty.title')}
        action={
          <Button component={Link} to="/versions" variant="contained">
            {translate('lookalike.empty.action')}
          </Button>
        }
      >
        {translate('lookalike.empty.text')}
        <Box
          component="pre"
          sx={{ mt: 2, p: 1.5, bgcolor: 'action.hover', borderRadius: 1, overflowX: 'auto' }}
          tabIndex={0}
        >
          npm start -- --demo
        </Box>
        {translate('lookalike.empty.own')}
      </EmptyState>
    </Card>
  );
}
