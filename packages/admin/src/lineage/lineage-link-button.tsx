import LineageIcon from '@mui/icons-material/AccountTreeOutlined';
import { Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { LineageKind } from './lineage-documents.ts';

export interface LineageLinkButtonProps {
  readonly kind: LineageKind;
  readonly nodeKey: string;
}

export function LineageLinkButton({ kind, nodeKey }: LineageLinkButtonProps) {
  const translate = useTranslate();
  return (
    <Button component={Link} to={`/models/lineage/${kind}/${encodeURIComponent(nodeKey)}`} startIcon={<LineageIcon />}>
      {translate('lineage.title')}
    </Button>
  );
}
