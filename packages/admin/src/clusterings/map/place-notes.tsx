import PlaceIcon from '@mui/icons-material/PlaceOutlined';
import { Alert, Button, IconButton, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { number } from '../../display/numbers.ts';
import type { Result } from '../../graphql/graphql.ts';
import type { ClusteringMapOf } from './map-documents.ts';

export type ClusteringMap = Extract<Result<typeof ClusteringMapOf>['map'], { readonly __typename: 'ClusteringMap' }>;

export interface PlaceNotesProps {
  readonly check: ClusteringMap['check'];
  /** Whether a row has a mark of its own. */
  onMap(row: number): boolean;
  onShow(row: number): void;
}

/** What of the map is not to be trusted, or is not on it, and which rows these are. */
export function PlaceNotes({ check, onMap, onShow }: PlaceNotesProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [open, setOpen] = useState(false);
  const { latitude, longitude, rows, places, swapped, missing, outOfRange, zero, examples, suspected, suspects } =
    check;
  const faulty = rows - places;
  if (!swapped && suspected === 0 && faulty === 0) return null;
  const why = Object.entries({ missing, out_of_range: outOfRange, zero })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => translate(`places.${name}`, { smart_count: count }))
    .join(', ');
  const listed = [
    ...suspects.map((one) => ({
      row: one.row,
      what: translate('places.exchanged', { latitude: one.latitude, longitude: one.longitude }),
    })),
    ...examples
      .filter(({ row }) => suspects.every((one) => one.row !== row))
      .map(({ row, fault }) => ({ row, what: translate(`places.fault.${fault}`) })),
  ];
  return (
    <Alert
      severity={swapped || suspected > 0 ? 'warning' : 'info'}
      sx={{ mb: 1, flexWrap: { xs: 'wrap', sm: 'nowrap' }, '& .MuiAlert-message': { flex: '1 1 200px', minWidth: 0 } }}
      action={
        listed.length > 0 && (
          <Button color="inherit" size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
            {translate(open ? 'places.hide' : 'places.show')}
          </Button>
        )
      }
    >
      {swapped && <div>{translate('places.swapped', { latitude, longitude })}</div>}
      {suspected > 0 && <div>{translate('places.suspected', { smart_count: suspected })}</div>}
      {faulty > 0 && (
        <div>
          {translate('places.faulty', { smart_count: faulty, rows: number(rows, locale) })} ({why}).
        </div>
      )}
      {open && (
        <Table size="small" sx={{ mt: 1, '& td, & th': { color: 'inherit' } }}>
          <TableHead>
            <TableRow>
              <TableCell>{translate('places.row')}</TableCell>
              <TableCell>{translate('places.what')}</TableCell>
              <TableCell component="td" />
            </TableRow>
          </TableHead>
          <TableBody>
            {listed.map(({ row, what }) => (
              <TableRow key={row} data-place={row}>
                <TableCell>{number(row, locale)}</TableCell>
                <TableCell>{what}</TableCell>
                <TableCell padding="none" align="right">
                  {onMap(row) && (
                    <IconButton
                      size="small"
                      color="inherit"
                      onClick={() => onShow(row)}
                      aria-label={translate('places.on_map', { row })}
                    >
                      <PlaceIcon fontSize="small" />
                    </IconButton>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {open && listed.length < suspected + faulty && (
        <Typography variant="caption">{translate('places.first')}</Typography>
      )}
    </Alert>
  );
}
