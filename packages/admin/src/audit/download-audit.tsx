import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { Button } from '@mui/material';
import { TopToolbar, useNotify, useTranslate } from 'react-admin';
import { useFailureText } from '../display/failure-note.tsx';
import { MOST_ENTRIES, useAuditDownload } from './use-audit-download.ts';

export function DownloadAudit() {
  const translate = useTranslate();
  const notify = useNotify();
  const failureText = useFailureText();
  const download = useAuditDownload(
    (count) =>
      notify(count < MOST_ENTRIES ? 'audit.downloaded' : 'audit.downloaded_part', {
        type: count < MOST_ENTRIES ? 'success' : 'warning',
        messageArgs: { smart_count: count },
      }),
    (error) => notify(failureText(error), { type: 'error' }),
  );
  return (
    <TopToolbar>
      <Button startIcon={<DownloadIcon />} disabled={download.isPending} onClick={() => download.mutate()}>
        {translate(download.isPending ? 'audit.downloading' : 'audit.download')}
      </Button>
    </TopToolbar>
  );
}
