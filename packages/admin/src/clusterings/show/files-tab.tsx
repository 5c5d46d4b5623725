import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { IconButton, Link as MuiLink, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { EmptyState } from '../../display/empty-state.tsx';
import { bytes } from '../../display/numbers.ts';
import { Panel } from '../../display/panel.tsx';
import { useStageName } from '../../jobs/stage-name.ts';
import type { TabProps } from './clustering-show.tsx';
import { filesOf, fileUrl } from './job-files.ts';

/** Every file that a stage has written, by stage. */
export default function FilesTab({ job }: TabProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const stageName = useStageName();
  if (filesOf(job).length === 0) {
    return (
      <EmptyState title={translate('clusterings.files.empty')}>{translate('clusterings.files.empty_text')}</EmptyState>
    );
  }
  return (
    <Panel title={translate('clusterings.tab.files')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{translate('clusterings.files.name')}</TableCell>
            <TableCell sx={{ display: { xs: 'none', sm: 'table-cell' } }}>
              {translate('clusterings.files.stage')}
            </TableCell>
            <TableCell align="right">{translate('clusterings.files.size')}</TableCell>
            <TableCell component="td" />
          </TableRow>
        </TableHead>
        <TableBody>
          {job.stages.flatMap((stage) =>
            stage.artifacts.map((file) => (
              <TableRow key={file.id}>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  <MuiLink href={fileUrl(job, file.name)} download>
                    {file.name}
                  </MuiLink>
                </TableCell>
                <TableCell sx={{ display: { xs: 'none', sm: 'table-cell' } }}>{stageName(stage.name)}</TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                  {bytes(file.bytes, locale)}
                </TableCell>
                <TableCell padding="none">
                  <IconButton
                    size="small"
                    href={fileUrl(job, file.name)}
                    download
                    aria-label={translate('clusterings.files.download', { name: file.name })}
                  >
                    <DownloadIcon fontSize="small" />
                  </IconButton>
                </TableCell>
              </TableRow>
            )),
          )}
        </TableBody>
      </Table>
    </Panel>
  );
}
