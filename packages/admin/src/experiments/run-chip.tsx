import { StatusChip } from '../display/status-chip.tsx';
import type { Run } from './experiment-documents.ts';

/** MLflow's states by the words of ours. */
const STATUSES = { RUNNING: 'running', FINISHED: 'completed', FAILED: 'failed', KILLED: 'cancelled' } as const;

export function RunChip({ status }: { readonly status: Run['status'] }) {
  return <StatusChip status={STATUSES[status]} />;
}
