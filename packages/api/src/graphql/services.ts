import type { Core } from '../core.ts';
import { ensureDataset } from '../datasets/dataset.operations.ts';
import { Readiness } from '../health/readiness.ts';
import { BatchReceiver } from '../lookalike/receive/batch-receiver.ts';
import { LOOKALIKE, VersionLedger } from '../lookalike/receive/version-ledger.ts';
import { AudienceServer } from '../lookalike/serving/audience-server.ts';
import { DeploymentFollower } from '../lookalike/serving/deployment-follower.ts';
import { RequestLog } from '../system/request-log.ts';
import { SystemStatus } from '../system/system-status.ts';
import { sweepSoon } from '../uploads/sweep-tables.ts';
import { TableThreads } from '../uploads/table-thread.ts';
import type { Services } from './context.ts';

/** Threads that score: more than one, so that a cold view does not hold up every offer. */
const SCORERS = 2;

export interface OpenServices extends Services {
  close(): Promise<void>;
}

/** What stands between the core and its doors: reception of batches, the data set that it fills. */
export async function openServices(core: Core): Promise<OpenServices> {
  await ensureDataset(core, LOOKALIKE, LOOKALIKE);
  const receiver = new BatchReceiver({
    objects: core.objects,
    ledger: new VersionLedger(core),
    onError: (error) => core.logger.error({ err: error }, 'reception of batches'),
  });
  await receiver.start();
  const server = new AudienceServer(SCORERS);
  const follower = new DeploymentFollower(core, server);
  await follower.start();
  const lookalike = { server, follower };
  const readiness = new Readiness(core, lookalike);
  const tables = new TableThreads();
  sweepSoon(core);
  return {
    core,
    receiver,
    lookalike,
    readiness,
    system: new SystemStatus(core, readiness, new RequestLog()),
    tables,
    close: async () => {
      follower.stop();
      await tables.close();
      await receiver.stop();
      await server.close();
    },
  };
}
