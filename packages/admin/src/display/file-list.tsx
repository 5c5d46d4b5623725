import { Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useLocaleState } from 'react-admin';
import { bytes } from './numbers.ts';

interface FileFacts {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly hash: string;
}

export function FileList({ files }: { readonly files: readonly FileFacts[] }) {
  const [locale] = useLocaleState();
  return (
    <Table size="small">
      <TableBody>
        {files.map((file) => (
          <TableRow key={file.id}>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>{file.name}</TableCell>
            <TableCell align="right">{bytes(file.bytes, locale)}</TableCell>
            <TableCell sx={{ display: { xs: 'none', sm: 'table-cell' } }}>
              <code>{file.hash.slice(0, 12)}</code>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
