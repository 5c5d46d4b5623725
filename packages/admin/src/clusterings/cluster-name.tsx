import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { clusterColor } from './cluster-color.ts';

export function useClusterName(): (label: number) => string {
  const translate = useTranslate();
  return (label) => translate(label < 0 ? 'clusterings.noise' : 'clusterings.cluster', { label });
}

/** A cluster by colour and name. */
export function ClusterName({ label }: { readonly label: number }) {
  const nameOf = useClusterName();
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75, whiteSpace: 'nowrap' }}>
      <Box
        component="span"
        aria-hidden
        sx={{ width: 10, height: 10, borderRadius: '50%', bgcolor: clusterColor(label), flexShrink: 0 }}
      />
      {nameOf(label)}
    </Box>
  );
}
