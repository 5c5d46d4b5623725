/** A job that works for a clustering, such as one that labels another data set, as REST shows it. */
import { z } from 'zod';
import type { Address } from '../../route.ts';

export const DERIVED_FIELDS = `uuid status progress message etaSeconds createdAt finishedAt parameters error { code message }
  datasetVersion { dataset { uuid name } } stages { summary artifacts { name } }`;

export interface DerivedJobAnswer {
  readonly uuid: string;
  readonly status: string;
  readonly progress: number;
  readonly message: string;
  readonly etaSeconds: number | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly parameters: Record<string, unknown>;
  readonly error: { readonly message: string } | null;
  readonly datasetVersion: { readonly dataset: { readonly uuid: string; readonly name: string } } | null;
  readonly stages: readonly {
    readonly summary: Record<string, unknown> | null;
    readonly artifacts: readonly { readonly name: string }[];
  }[];
}

export const derivedJobBody = z
  .object({
    id: z.uuid(),
    dataset: z.uuid().nullable(),
    dataset_name: z.string(),
    status: z.enum(['pending', 'running', 'paused', 'completed', 'failed', 'cancelled']),
    progress: z.number().min(0).max(1),
    message: z.string(),
    eta_seconds: z.number().nullable(),
    created_at: z.iso.datetime(),
    completed_at: z.iso.datetime().nullable(),
    parameters: z.record(z.string(), z.unknown()),
    files: z.array(z.url()),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Facts of the result, once it is there.' }),
    error: z.string().nullable(),
  })
  .meta({ id: 'DerivedJob' });

/** @param base of the address of such jobs, such as `/api/label-jobs`. */
export function derivedJobJson(job: DerivedJobAnswer, base: string, { origin }: Pick<Address, 'origin'>) {
  const files = job.stages.flatMap(({ artifacts }) => artifacts.map(({ name }) => name));
  return {
    id: job.uuid,
    dataset: job.datasetVersion?.dataset.uuid ?? null,
    dataset_name: job.datasetVersion?.dataset.name ?? '',
    status: job.status,
    progress: job.progress,
    message: job.message,
    eta_seconds: job.etaSeconds,
    created_at: new Date(job.createdAt).toISOString(),
    completed_at: job.finishedAt === null ? null : new Date(job.finishedAt).toISOString(),
    parameters: job.parameters,
    files: files.map((name) => `${origin}${base}/${job.uuid}/files/${name}/`),
    result: job.stages.at(-1)?.summary ?? null,
    error: job.error?.message ?? null,
  };
}
