import { pageOf, type Resource } from '../data/resource.ts';
import type { Variables } from '../graphql/graphql.ts';
import { type Run, RunList, RunOne } from './experiment-documents.ts';

export const RUN_STATUSES = ['RUNNING', 'FINISHED', 'FAILED', 'KILLED'] as const;

export const experimentResource: Resource = {
  page: pageOf(RunList, (request): Variables<typeof RunList> => {
    const { status, published } = request.filter;
    const statuses = [status ?? []].flat().filter(isStatus);
    return {
      first: request.first,
      after: request.after,
      order: request.sort.order === 'ASC' ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
      status: statuses.length > 0 ? statuses : null,
      published: typeof published === 'boolean' ? published : null,
    };
  }),
  one: async (ask, id, signal) => {
    const { node } = await ask(RunOne, { id }, { signal });
    return node?.__typename === 'ExperimentRun' ? node : null;
  },
};

function isStatus(text: unknown): text is Run['status'] {
  return RUN_STATUSES.includes(text as Run['status']);
}
