import type { ErrorRecord } from '../errors.ts';
import type { ObjectStoreOptions } from '../objects/open-store.ts';
import type { RevisionPlan } from './revision-plan.ts';
import type { WrittenRevision } from './write-revision.ts';

/** To the process that writes. */
export interface WriteOrder {
  /** Of the repository, absolute. */
  readonly root: string;
  readonly objects: ObjectStoreOptions;
  readonly plan: RevisionPlan;
}

/** From it. */
export type WriteAnswer =
  | { readonly type: 'written'; readonly written: WrittenRevision }
  | { readonly type: 'failed'; readonly error: ErrorRecord };
