import type { App } from '../app.ts';
import { markWritten, takeNext } from '../dvc/claims.ts';
import { planRevision } from '../dvc/plan-revision.ts';
import type { RevisionPlan } from '../dvc/revision-plan.ts';
import { repositoryFolder } from '../dvc/revision-writer.ts';
import { writeRevision } from '../dvc/write-revision.ts';
import { REPORTS } from '../pipelines/reports.ts';

/**
 * Writes the DVC revisions that are owed, as the service's writer does, but in this process, whose priority is not the lowest: on
 * a machine that is busy with other tests that one hardly has a turn. @returns what was written, in order.
 */
export async function writeOwedRevisions(app: App): Promise<{ plan: RevisionPlan; commit: string }[]> {
  const root = repositoryFolder(app.config.dataDir);
  const done = [];
  for (;;) {
    const held = await takeNext(app.database.fork());
    if (!held) return done;
    const plan = await planRevision(app.database.fork(), held, app.pipelines);
    const place = { root, objects: app.objects, s3: app.config.s3 };
    const written = await writeRevision(place, plan, REPORTS[plan.pipeline]);
    if (!(await markWritten(app.database.fork(), held, written))) throw new Error('another writer has taken it');
    done.push({ plan, commit: written.commit });
  }
}
