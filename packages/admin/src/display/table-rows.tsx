import ExpandIcon from '@mui/icons-material/ExpandMore';
import OpenIcon from '@mui/icons-material/NavigateNext';
import { Collapse, IconButton, TableCell, TableRow, type TableRowProps } from '@mui/material';
import { Children, createContext, type MouseEvent, type ReactElement, type ReactNode, useContext } from 'react';
import {
  DataTableBody,
  DataTableHead,
  DataTableRow,
  type RaRecord,
  useExpanded,
  useRecordContext,
  useResourceContext,
  useTranslate,
} from 'react-admin';
import { Link } from 'react-router-dom';

interface RowLook {
  /** What a row is called, for those who hear it. */
  readonly nameOf: (record: RaRecord) => ReactNode;
  readonly expand?: ReactElement | undefined;
}

/** Rows are made by react-admin, which hands on nothing of ours. */
export const RowLookContext = createContext<RowLook>({ nameOf: () => '' });

interface Columns {
  readonly children?: ReactNode;
}

// react-admin's rows open by the mouse alone, and its buttons are hidden from keyboards and readers: these have a link or a button of their own.

/** Of rows that lead to a page: the last column is a link to it. */
export function LinkedHead({ children }: Columns) {
  return (
    <DataTableHead>
      {children}
      <TableCell component="td" padding="none" />
    </DataTableHead>
  );
}

export function LinkedBody({ children }: Columns) {
  return <DataTableBody row={LinkedRow}>{children}</DataTableBody>;
}

function LinkedRow({ children, ...props }: TableRowProps) {
  return (
    <DataTableRow {...props}>
      {children}
      <TableCell padding="none" sx={{ width: 40 }}>
        <OpenLink />
      </TableCell>
    </DataTableRow>
  );
}

function OpenLink() {
  const record = useRecordContext();
  const resource = useResourceContext();
  const label = useLabel('ra.action.show', record);
  if (!record) return null;
  return (
    <IconButton
      component={Link}
      to={`/${resource}/${encodeURIComponent(record.id)}/show`}
      size="small"
      aria-label={label}
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      <OpenIcon fontSize="inherit" />
    </IconButton>
  );
}

/** Of rows that open where they are: the first column has the button. */
export function OpeningHead({ children }: Columns) {
  return (
    <DataTableHead>
      <TableCell component="td" padding="none" />
      {children}
    </DataTableHead>
  );
}

export function OpeningBody({ children }: Columns) {
  return <DataTableBody row={OpeningRow}>{children}</DataTableBody>;
}

function OpeningRow({ children, ...props }: TableRowProps) {
  const record = useRecordContext();
  const resource = useResourceContext();
  const { expand } = useContext(RowLookContext);
  const [expanded, toggle] = useExpanded(resource ?? '', record?.id ?? '');
  const label = useLabel(expanded ? 'ra.action.close' : 'ra.action.expand', record);
  const id = `${resource}-${record?.id}-expand`;
  return (
    <>
      <TableRow hover onClick={toggle} {...props}>
        <TableCell padding="none" sx={{ width: 40 }}>
          <IconButton
            size="small"
            aria-label={label}
            aria-expanded={expanded}
            aria-controls={expanded ? id : undefined}
            onClick={(event) => {
              event.stopPropagation();
              toggle();
            }}
          >
            <ExpandIcon fontSize="inherit" sx={{ transform: expanded ? undefined : 'rotate(-90deg)' }} />
          </IconButton>
        </TableCell>
        {children}
      </TableRow>
      <TableRow id={id}>
        <TableCell sx={{ py: 0, ...(expanded ? {} : { border: 0 }) }} colSpan={1 + Children.count(children)}>
          <Collapse in={expanded} timeout="auto" unmountOnExit>
            {expand}
          </Collapse>
        </TableCell>
      </TableRow>
    </>
  );
}

function useLabel(action: string, record: RaRecord | undefined): string {
  const translate = useTranslate();
  const { nameOf } = useContext(RowLookContext);
  const name = record && nameOf(record);
  return typeof name === 'string' && name !== '' ? `${translate(action)}: ${name}` : translate(action);
}
