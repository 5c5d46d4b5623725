import { parentPort } from 'node:worker_threads';
import { toErrorRecord } from '../../errors.ts';
import type { ScorerReply, ScorerRequest } from './messages.ts';
import { Scorer } from './scorer.ts';

const scorer = new Scorer();

function answer(request: ScorerRequest): ScorerReply | undefined {
  switch (request.kind) {
    case 'load':
      scorer.load(request.generation, request.world, request.model);
      return undefined;
    case 'prepare':
      scorer.prepare(request.generation);
      return { id: request.id, prepared: true };
    case 'drop':
      scorer.drop(request.generation);
      return undefined;
    case 'audience':
      return { id: request.id, audience: scorer.audience(request.generation, request.offer, request.reasonsFor) };
    case 'member':
      return {
        id: request.id,
        member: scorer.member(request.generation, request.offer, request.user, request.changes),
      };
  }
}

parentPort?.on('message', (request: ScorerRequest) => {
  try {
    const reply = answer(request);
    if (reply) parentPort?.postMessage(reply);
  } catch (error) {
    if ('id' in request) parentPort?.postMessage({ id: request.id, error: toErrorRecord(error) } satisfies ScorerReply);
    else throw error;
  }
});
