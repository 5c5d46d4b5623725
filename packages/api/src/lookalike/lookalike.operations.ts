/** Use cases of the look-alike system that are not the core's: what serves, for whom an offer is, and why. */
import type { Core } from '../core.ts';
import { DomainError } from '../errors.ts';
import { Job } from '../jobs/job.entity.ts';
import { currentDeployment } from '../models/model.operations.ts';
import type { ModelVersion } from '../models/model-version.entity.ts';
import { LOOKALIKE } from './receive/version-ledger.ts';
import type { AudienceAnswer, AudienceServer, MemberAnswer } from './serving/audience-server.ts';
import type { DeploymentFollower } from './serving/deployment-follower.ts';
import type { ProfileChanges } from './serving/messages.ts';

export interface Lookalike {
  readonly server: AudienceServer;
  readonly follower: DeploymentFollower;
}

export interface ServiceStatus {
  readonly ready: boolean;
  readonly modelVersion: string | null;
  readonly dataVersion: string | null;
  readonly pipelineStatus: 'idle' | 'running' | 'failed';
}

/** How long a failed run is shown as `failed` before the service, which goes on serving, is `idle` again. */
const SHOW_FAILURE_MS = 10_000;

export async function serviceStatus(core: Core, { server, follower }: Lookalike): Promise<ServiceStatus> {
  const em = core.database.fork();
  const open = await em.count(Job, { pipeline: LOOKALIKE, status: { $in: ['pending', 'running'] } });
  const last = await em.findOne(Job, { pipeline: LOOKALIKE }, { orderBy: { finishedAt: 'desc nulls last' } });
  const newest = await currentDeployment(em, LOOKALIKE);
  // A process that has not taken up the newest deployment yet would answer with the one before: it is not idle.
  const behind = newest !== undefined && newest.id !== follower.current?.deploymentId;
  const failedAt = last?.status === 'failed' ? (last.finishedAt?.getTime() ?? 0) : 0;
  const failed = Date.now() - failedAt < SHOW_FAILURE_MS;
  return {
    ready: server.generation !== undefined,
    modelVersion: server.generation?.modelVersion ?? null,
    dataVersion: follower.current?.dataVersion ?? null,
    pipelineStatus: open > 0 || behind ? 'running' : failed ? 'failed' : 'idle',
  };
}

export const MAX_TOP_N = 1000;
export const MAX_REQUESTS = 1000;

export interface AudienceRequest {
  readonly merchantId: number;
  readonly offerId: number;
  readonly topN: number;
}

/** @throws DomainError INVALID_INPUT, NOT_FOUND for an offer that the merchant does not have, NOT_READY before the first model. */
export async function audience({ server }: Lookalike, request: AudienceRequest): Promise<AudienceAnswer> {
  requireRange('merchant_id', request.merchantId, 1, Number.MAX_SAFE_INTEGER);
  requireRange('offer_id', request.offerId, 1, Number.MAX_SAFE_INTEGER);
  requireRange('top_n', request.topN, 1, MAX_TOP_N);
  return server.audience(request.merchantId, request.offerId, request.topN);
}

export interface MemberRequest {
  readonly merchantId: number;
  readonly offerId: number;
  readonly userId: number;
  readonly changes: ProfileChanges;
}

/** One user's score for an offer: contributions, and the smallest change that would bring the user in or out. */
export async function audienceMember({ server }: Lookalike, request: MemberRequest): Promise<MemberAnswer> {
  return server.member(request.merchantId, request.offerId, request.userId, request.changes);
}

/** The model version in service, or undefined before the first. */
export async function servedModel(core: Core): Promise<ModelVersion | undefined> {
  const deployment = await currentDeployment(core.database.fork(), LOOKALIKE);
  return deployment?.modelVersion?.getEntity() ?? undefined;
}

function requireRange(field: string, value: number, low: number, high: number): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new DomainError('INVALID_INPUT', `${field} must be a whole number from ${low} to ${high}.`, {
    details: { field },
  });
}
