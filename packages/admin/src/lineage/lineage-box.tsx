import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import type { LineageNode } from './lineage-documents.ts';
import { isLineageKind } from './lineage-kinds.ts';

/** Pages of those kinds that have one. */
const PAGES: Readonly<Partial<Record<LineageNode['kind'], string>>> = {
  dataset_version: 'versions',
  model_version: 'models',
  experiment_run: 'experiments',
};

export interface LineageBoxProps {
  readonly node: LineageNode;
  /** The one that was asked about. */
  readonly focused: boolean;
}

/** One thing of the graph: leads to its page, or where it has none to its own lineage. */
export function LineageBox({ node, focused }: LineageBoxProps) {
  const translate = useTranslate();
  const kind = translate(`lineage.kind.${node.kind}`);
  const to = addressOf(node, focused);
  const content = (
    <>
      <Typography variant="caption" component="span" color="textSecondary" noWrap sx={{ display: 'block' }}>
        {kind}
      </Typography>
      <Typography variant="body2" component="span" noWrap title={node.title} sx={{ display: 'block', fontWeight: 600 }}>
        {node.title}
      </Typography>
    </>
  );
  const sx = {
    ...BOX,
    borderColor: focused ? 'primary.main' : 'divider',
    borderLeftWidth: 4,
    borderLeftColor: focused ? 'primary.main' : COLORS[node.kind],
    bgcolor: focused ? 'action.selected' : 'background.paper',
  };
  return to === undefined ? (
    <Box sx={sx} data-kind={node.kind}>
      {content}
    </Box>
  ) : (
    <Box component={Link} to={to} data-kind={node.kind} sx={{ ...sx, '&:hover': { bgcolor: 'action.hover' } }}>
      {content}
    </Box>
  );
}

function addressOf({ id, kind, key }: LineageNode, focused: boolean): string | undefined {
  const page = PAGES[kind];
  if (page && id) return `/${page}/${encodeURIComponent(id)}/show`;
  return focused || !isLineageKind(kind) ? undefined : `/models/lineage/${kind}/${encodeURIComponent(key)}`;
}

const COLORS: Readonly<Record<LineageNode['kind'], string>> = {
  batch: 'text.disabled',
  manifest: 'text.secondary',
  dataset_version: 'info.main',
  stage_run: 'text.disabled',
  artifact: 'text.disabled',
  experiment_run: 'warning.main',
  model_version: 'primary.main',
  deployment: 'success.main',
};

const BOX = {
  display: 'block',
  height: '100%',
  px: 1.25,
  py: 0.75,
  border: 1,
  borderRadius: 1,
  color: 'text.primary',
  textDecoration: 'none',
  overflow: 'hidden',
} as const;
