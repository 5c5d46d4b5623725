import AddIcon from '@mui/icons-material/Add';
import { Button, Stack } from '@mui/material';
import { Link } from 'react-router-dom';
import { May } from '../access/use-me.tsx';

export interface CreateLinkProps {
  /** Who may not use it is not offered the page. */
  readonly mutation: string;
  readonly to: string;
  readonly label: string;
}

/** Leads to the page that makes another record: above a list, or in the midst of an empty one. */
export function CreateLink({ mutation, to, label }: CreateLinkProps) {
  return (
    <Stack direction="row" sx={{ py: 1, whiteSpace: 'nowrap', justifyContent: 'center' }}>
      <May mutation={mutation}>
        <Button component={Link} to={to} variant="contained" startIcon={<AddIcon />}>
          {label}
        </Button>
      </May>
    </Stack>
  );
}
