import { type Theme, Typography, useMediaQuery } from '@mui/material';
import type { ReactNode } from 'react';
import { DataTable, type RaRecord, SimpleList, useTranslate } from 'react-admin';

export interface RowsProps<T extends RaRecord> {
  /** `DataTable.Col`s, for screens that have room for them. */
  readonly children: ReactNode;
  /** A row of a phone: what it is, what is up with it, and what comes last. */
  readonly primary: (record: T) => ReactNode;
  readonly secondary: (record: T) => ReactNode;
  readonly tertiary?: (record: T) => ReactNode;
  readonly bulkActionButtons?: ReactNode | false;
}

/** The rows of a list: a table, or on a phone one below the other. */
export function Rows<T extends RaRecord>({
  children,
  primary,
  secondary,
  tertiary,
  bulkActionButtons = false,
}: RowsProps<T>) {
  const translate = useTranslate();
  const phone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const empty = <Typography sx={{ p: 3, color: 'text.secondary' }}>{translate('display.no_matches')}</Typography>;
  if (phone) {
    return (
      <SimpleList<T>
        primaryText={primary}
        secondaryText={secondary}
        {...(tertiary ? { tertiaryText: tertiary } : {})}
        rowClick="show"
        empty={empty}
      />
    );
  }
  return (
    <DataTable rowClick="show" bulkActionButtons={bulkActionButtons} empty={empty} size="medium">
      {children}
    </DataTable>
  );
}
