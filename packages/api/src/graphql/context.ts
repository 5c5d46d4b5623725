import type { Caller, CallFacts } from '../access/caller.ts';
import type { Core } from '../core.ts';
import type { Readiness } from '../health/readiness.ts';
import type { Lookalike } from '../lookalike/lookalike.operations.ts';
import type { BatchReceiver } from '../lookalike/receive/batch-receiver.ts';
import type { SystemStatus } from '../system/system-status.ts';
import type { ReceivedFile } from '../uploads/received-file.ts';
import type { TableThreads } from '../uploads/table-thread.ts';

/** What resolvers work with, the same for every request. */
export interface Services {
  readonly core: Core;
  readonly receiver: BatchReceiver;
  readonly lookalike: Lookalike;
  readonly readiness: Readiness;
  readonly system: SystemStatus;
  /** Where uploaded files are read. */
  readonly tables: TableThreads;
}

export interface GraphqlContext extends Services {
  /** Who asks; a stranger where nobody says. */
  readonly caller: Caller;
  /** What the door knows of the request. */
  readonly facts?: CallFacts | undefined;
  /** Files of a multipart request, by the marks that stand for them in its variables. */
  readonly files?: ReadonlyMap<string, ReceivedFile> | undefined;
}

/** What a door says; the rest is the same for every request. */
export type DoorContext = Pick<GraphqlContext, 'caller' | 'facts' | 'files'>;
