import RunningIcon from '@mui/icons-material/AutorenewOutlined';
import CancelledIcon from '@mui/icons-material/BlockOutlined';
import CompletedIcon from '@mui/icons-material/CheckCircleOutlined';
import FailedIcon from '@mui/icons-material/ErrorOutlined';
import PausedIcon from '@mui/icons-material/PauseCircleOutlined';
import ReusedIcon from '@mui/icons-material/RecyclingOutlined';
import SkippedIcon from '@mui/icons-material/RedoOutlined';
import PendingIcon from '@mui/icons-material/ScheduleOutlined';
import WarningIcon from '@mui/icons-material/WarningAmberOutlined';
import { Chip } from '@mui/material';
import { useTranslate } from 'react-admin';

const LOOKS = {
  pending: { color: 'default', Icon: PendingIcon },
  running: { color: 'info', Icon: RunningIcon },
  paused: { color: 'warning', Icon: PausedIcon },
  completed: { color: 'success', Icon: CompletedIcon },
  failed: { color: 'error', Icon: FailedIcon },
  cancelled: { color: 'default', Icon: CancelledIcon },
  reused: { color: 'success', Icon: ReusedIcon },
  skipped: { color: 'default', Icon: SkippedIcon },
  receiving: { color: 'info', Icon: RunningIcon },
  committed: { color: 'info', Icon: PendingIcon },
  processed: { color: 'success', Icon: CompletedIcon },
  invalid: { color: 'error', Icon: WarningIcon },
  ok: { color: 'success', Icon: CompletedIcon },
  degraded: { color: 'warning', Icon: WarningIcon },
} as const;

export type Status = keyof typeof LOOKS;

/** A state by word, sign and colour: none of them alone. */
export function StatusChip({ status, label }: { readonly status: Status; readonly label?: string }) {
  const translate = useTranslate();
  const { color, Icon } = LOOKS[status];
  return (
    <Chip
      size="small"
      variant="outlined"
      color={color}
      icon={<Icon />}
      label={label ?? translate(`display.status.${status}`)}
      data-status={status}
    />
  );
}
