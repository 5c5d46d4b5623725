import AgainIcon from '@mui/icons-material/TuneOutlined';
import { Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { May } from '../../access/use-me.tsx';

/** Leads to the form of a new clustering, filled in as this one was. */
export function AgainButton({ job }: { readonly job: string }) {
  const translate = useTranslate();
  return (
    <May mutation="createClusteringJob">
      <Button startIcon={<AgainIcon />} component={Link} to={`/clusterings/create?from=${encodeURIComponent(job)}`}>
        {translate('clusterings.again')}
      </Button>
    </May>
  );
}
