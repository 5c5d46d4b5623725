import { z } from 'zod';
import type { Client } from '../client.ts';

const answer = z.object({
  data: z.object({
    jobs: z.object({
      nodes: z.array(
        z.object({
          stages: z.array(
            z.object({
              name: z.string(),
              status: z.string(),
              startedAt: z.string().nullable(),
              finishedAt: z.string().nullable(),
            }),
          ),
        }),
      ),
    }),
  }),
});

/** Seconds that each stage of the latest job took; those that ran beside others add up to more than the job. */
export async function stageTimes(client: Client): Promise<string> {
  const query = '{ jobs(first: 1) { nodes { stages { name status startedAt finishedAt } } } }';
  const { data } = answer.parse((await client.graphql(query)).json);
  return (data.jobs.nodes[0]?.stages ?? [])
    .filter(({ status, startedAt, finishedAt }) => status === 'completed' && startedAt && finishedAt)
    .map(
      ({ name, startedAt, finishedAt }) =>
        `${name} ${((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000).toFixed(1)}`,
    )
    .join(', ');
}
