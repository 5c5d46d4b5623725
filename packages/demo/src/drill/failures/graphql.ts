import { z } from 'zod';
import type { Client } from '../../client.ts';

/** Asks a document of a replica. @throws Error for errors, and for an answer of another shape. */
export async function ask<T extends z.ZodType>(client: Client, query: string, shape: T): Promise<z.infer<T>> {
  const reply = await client.graphql(query);
  const { data, errors } = z
    .object({ data: z.unknown(), errors: z.array(z.object({ message: z.string() })).optional() })
    .parse(reply.json);
  if (errors?.[0]) throw new Error(errors[0].message);
  return shape.parse(data);
}

const jobs = z.object({
  jobs: z.object({
    nodes: z.array(
      z.object({
        uuid: z.string(),
        status: z.string(),
        outcome: z.string().nullable(),
        attempt: z.number(),
        datasetVersion: z.object({ name: z.string() }).nullable(),
        stages: z.array(z.object({ name: z.string(), status: z.string() })),
      }),
    ),
  }),
});
export type JobView = z.infer<typeof jobs>['jobs']['nodes'][number];

/** The newest jobs, with their stages. */
export async function jobsOf(client: Client, first = 60): Promise<JobView[]> {
  const document = `{ jobs(first: ${first}) { nodes { uuid status outcome attempt datasetVersion { name } stages { name status } } } }`;
  return (await ask(client, document, jobs)).jobs.nodes;
}

const versions = z.object({
  datasetVersions: z.object({
    nodes: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        rowCounts: z.array(z.object({ table: z.string(), rows: z.number() })),
      }),
    ),
  }),
});

/** Status and rows by table of each version. */
export async function versionsOf(client: Client): Promise<Map<string, string>> {
  const document = '{ datasetVersions(first: 60) { nodes { name status rowCounts { table rows } } } }';
  const { nodes } = (await ask(client, document, versions)).datasetVersions;
  const sorted = nodes.map(({ name, status, rowCounts }) => {
    const rows = rowCounts.map(({ table, rows }) => `${table} ${rows}`).sort();
    return [name, `${status}: ${rows.join(', ')}`] as const;
  });
  return new Map(sorted);
}
