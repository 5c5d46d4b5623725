import { type Theme, Typography, useMediaQuery } from '@mui/material';
import type { ReactElement, ReactNode } from 'react';
import { DataTable, type RaRecord, SimpleList, useTranslate } from 'react-admin';
import { OpeningRows } from './opening-rows.tsx';
import { LinkedBody, LinkedHead, OpeningBody, OpeningHead, RowLookContext } from './table-rows.tsx';

export interface RowsProps<T extends RaRecord> {
  /** `DataTable.Col`s, for screens that have room for them. */
  readonly children: ReactNode;
  /** A row of a phone: what it is, what is up with it, and what comes last. */
  readonly primary: (record: T) => ReactNode;
  readonly secondary: (record: T) => ReactNode;
  readonly tertiary?: (record: T) => ReactNode;
  readonly bulkActionButtons?: ReactNode | false;
  /** What a row opens to, of the record around it; without it a row leads to the record's page. */
  readonly expand?: ReactElement;
  /** False where records have no page. */
  readonly rowClick?: 'show' | false;
}

/** The rows of a list: a table, or on a phone one below the other. */
export function Rows<T extends RaRecord>({
  children,
  primary,
  secondary,
  tertiary,
  bulkActionButtons = false,
  expand,
  rowClick = 'show',
}: RowsProps<T>) {
  const translate = useTranslate();
  const phone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const empty = <Typography sx={{ p: 3, color: 'text.secondary' }}>{translate('display.no_matches')}</Typography>;
  if (phone && expand) return <OpeningRows<T> {...{ primary, secondary, tertiary, expand, empty }} />;
  if (phone) {
    return (
      <SimpleList<T>
        primaryText={primary}
        secondaryText={secondary}
        {...(tertiary ? { tertiaryText: tertiary } : {})}
        rowClick={rowClick}
        empty={empty}
      />
    );
  }
  const look = { nameOf: primary as (record: RaRecord) => ReactNode, expand };
  return (
    <RowLookContext value={look}>
      <DataTable
        rowClick={expand ? false : rowClick}
        bulkActionButtons={bulkActionButtons}
        empty={empty}
        size="medium"
        {...(expand ? { head: OpeningHead, body: OpeningBody } : {})}
        {...(!expand && rowClick === 'show' ? { head: LinkedHead, body: LinkedBody } : {})}
      >
        {children}
      </DataTable>
    </RowLookContext>
  );
}
