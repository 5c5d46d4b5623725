import { z } from 'zod';
import { plainRoute } from '../route.ts';

export const ready = plainRoute({
  id: 'ready',
  method: 'get',
  path: '/ready',
  tag: 'service',
  summary: 'Whether the service takes data',
  response: z.object({ status: z.literal('ok') }).meta({ id: 'Ready' }),
  errors: { 503: 'it is starting or stopping' },
  document: '{ __typename }',
  async handle(run) {
    await run();
    return { text: '{"status":"ok"}' };
  },
});
