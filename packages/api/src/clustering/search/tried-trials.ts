/** The best of what a search has tried, while it runs. */
import type { Core } from '../../core.ts';
import { screenStage } from './screen.ts';
import { clusteringSearch } from './search.operations.ts';
import { TRIED, type TriedTrial, triedTrial } from './tried-line.ts';

export interface TriedTrials {
  /** How many have been tried. */
  readonly count: number;
  /** Best first; those without a score last. */
  readonly trials: readonly TriedTrial[];
}

/** @throws DomainError NOT_FOUND */
export async function triedTrials(core: Core, id: string, first: number): Promise<TriedTrials> {
  await clusteringSearch(core, id);
  // A stage that was begun again tries the same trials again: the last line of each counts.
  const lines = await core.database.fork().execute<{ tried: unknown; count: number }[]>(
    `select tried, count(*) over ()::int as count
       from (select distinct on (fields->'${TRIED}'->>'trial') fields->'${TRIED}' as tried
               from job_log_line where job_id = ? and stage = ? and fields->'${TRIED}' is not null
              order by fields->'${TRIED}'->>'trial', id desc) as last
      order by (tried->>'state') = 'screened' desc, (tried->>'score')::float8 desc nulls last, (tried->>'trial')::int
      limit ?`,
    [id, screenStage.name, first],
  );
  return { count: lines[0]?.count ?? 0, trials: lines.map(({ tried }) => triedTrial.parse(tried)) };
}
