import ExpandIcon from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Box, Typography } from '@mui/material';
import type { ReactElement, ReactNode } from 'react';
import { type RaRecord, RecordContextProvider, useListContext } from 'react-admin';

export interface OpeningRowsProps<T extends RaRecord> {
  readonly primary: (record: T) => ReactNode;
  readonly secondary: (record: T) => ReactNode;
  readonly tertiary?: ((record: T) => ReactNode) | undefined;
  readonly expand: ReactElement;
  readonly empty: ReactElement;
}

/** Rows of a phone that open where they are. */
export function OpeningRows<T extends RaRecord>({ primary, secondary, tertiary, expand, empty }: OpeningRowsProps<T>) {
  const { data } = useListContext<T>();
  if (data?.length === 0) return empty;
  return data?.map((record) => (
    <Accordion key={record.id} disableGutters elevation={0} square slotProps={{ transition: { unmountOnExit: true } }}>
      <AccordionSummary expandIcon={<ExpandIcon />}>
        <Box sx={{ minWidth: 0, flex: 1 }}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
            <Typography component="span" sx={{ overflowWrap: 'anywhere' }}>
              {primary(record)}
            </Typography>
            <Typography component="span" variant="body2" color="textSecondary" sx={{ whiteSpace: 'nowrap', mr: 1 }}>
              {tertiary?.(record)}
            </Typography>
          </Box>
          <Typography component="span" variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {secondary(record)}
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails>
        <RecordContextProvider value={record}>{expand}</RecordContextProvider>
      </AccordionDetails>
    </Accordion>
  ));
}
