import type { Corruption } from '../world/corruption.ts';
import { corruptionNamed } from '../world/corruption.ts';
import type { Outcome } from './series.ts';
import type { Session } from './session.ts';

/** Whether a failed check points at the damage: its table, and a word that fits. */
function pointsAt(corruption: Corruption, check: { table: string; check: string; details: string }): boolean {
  const words = `${check.check} ${check.details}`.toLowerCase();
  return (
    corruption.tables.some((table) => check.table === table) && corruption.hints.some((hint) => words.includes(hint))
  );
}

export async function checkCorrupt(session: Session, outcome: Outcome): Promise<void> {
  const { client, verdicts } = session;
  const { after, before, name, moment } = outcome;
  const corruption = corruptionNamed(moment.step.corruption ?? '');
  const at = `${name} (${moment.step.spec})`;
  const failed = after.quality.failed_checks;
  verdicts.check('5.1', !after.quality.valid, `${at}: found valid`);
  verdicts.check(
    '5.1',
    failed.some((check) => pointsAt(corruption, check)),
    `${at}: no failed check fits: ${failed
      .map((check) => `${check.table}.${check.check}`)
      .join(', ')
      .slice(0, 300)}`,
  );
  verdicts.check('5.2', after.drift.action_taken === 'skipped', `${at}: ${after.drift.action_taken}`);
  verdicts.check(
    '5.3',
    after.status.model_version === before?.status.model_version,
    `${at}: ${before?.status.model_version} -> ${after.status.model_version}`,
  );
  verdicts.check(
    '5.12',
    after.status.data_version === before?.status.data_version,
    `${at}: data_version moved to ${after.status.data_version}`,
  );
  verdicts.check(
    '5.4',
    outcome.mapSame === outcome.mapBefore,
    `${at}: MAP@100 ${outcome.mapBefore} -> ${outcome.mapSame}`,
  );
  const ready = await client.get('/ready');
  verdicts.check('5.5', ready.status === 200, `${at}: /ready ${ready.status}`);
  verdicts.check('5.6', after.experiments.length === before?.experiments.length, `${at}: an experiment more`);
  const [first] = outcome.evaluation.truths;
  if (!first) return;
  const reply = await client.lookalike(first.offer.merchantId, first.offer.id, 100);
  verdicts.check('3.15', reply.status === 200, `${at}: /lookalike ${reply.status} after the run that failed`);
}
