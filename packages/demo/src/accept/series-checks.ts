import { mean } from '../world/rankers.ts';
import { offersDiffer } from './audiences.ts';
import { checkCorrupt } from './corrupt-checks.ts';
import { checkDrifted, checkSound, checkUndrifted, MAP_NOISE } from './drift-checks.ts';
import { checkRevisions } from './dvc-revisions.ts';
import type { Outcome } from './series.ts';
import type { Session } from './session.ts';

const ACTION = { first: 'retrained', drift: 'retrained', none: 'none', corrupt: 'skipped' } as const;

/** Checks on one version as it is done; `sound` is the last valid version before it. */
export async function checkOutcome(session: Session, outcome: Outcome, sound: Outcome | null): Promise<void> {
  if (outcome.expected === 'corrupt') return checkCorrupt(session, outcome);
  checkSound(session, outcome);
  if (outcome.expected === 'drift') checkDrifted(session, outcome);
  if (outcome.expected === 'none' && sound) checkUndrifted(session, outcome, sound);
}

function handled(outcome: Outcome): boolean {
  const { drift, quality, status } = outcome.after;
  const first = outcome.expected === 'first';
  const detected = first || outcome.expected === 'corrupt' || drift.drift_detected === (outcome.expected === 'drift');
  const action = first ? drift.action_taken !== 'skipped' : drift.action_taken === ACTION[outcome.expected];
  return detected && action && quality.valid === (outcome.expected !== 'corrupt') && status.pipeline_status === 'idle';
}

/** Whether the outcomes at consecutive places have these expectations somewhere, and are all handled there. */
function checkPattern(
  session: Session,
  outcomes: readonly Outcome[],
  id: '4.19' | '4.20' | '5.7' | '5.8' | '5.9',
  pattern: readonly Outcome['expected'][],
): void {
  let found = false;
  for (let i = 0; i + pattern.length <= outcomes.length; i++) {
    const run = outcomes.slice(i, i + pattern.length);
    if (!run.every((outcome, k) => outcome.expected === pattern[k])) continue;
    found = true;
    session.verdicts.check(
      id,
      run.every(handled),
      `${run.map((o) => `${o.name}: ${o.after.drift.action_taken}`).join(', ')}`,
    );
  }
  if (!found) session.verdicts.check(id, false, `the series has no ${pattern.join(', ')}`);
}

/** Checks on the series as a whole. */
export async function checkSeries(session: Session, outcomes: readonly Outcome[]): Promise<void> {
  const { client, verdicts } = session;
  const [base] = outcomes;
  const last = outcomes.at(-1);
  if (!base || !last) throw new Error('an empty series');
  const sound = outcomes.filter((outcome) => outcome.expected !== 'corrupt');
  const trainings = outcomes.filter((outcome) => outcome.expected === 'drift' || outcome.expected === 'first');
  const flat = outcomes.filter((outcome) => outcome.expected !== 'corrupt' || outcome === base);
  checkPattern(session, flat, '4.19', ['drift', 'none']);
  checkPattern(session, flat, '4.20', ['none', 'drift']);
  checkPattern(session, flat, '5.7', ['drift', 'none', 'drift']);
  checkPattern(session, flat, '5.8', ['none', 'none']);
  for (const [i, outcome] of outcomes.entries()) {
    const [left, right] = [outcomes[i - 1], outcomes[i + 1]];
    if (outcome.expected !== 'corrupt' || !left || !right) continue;
    verdicts.check(
      '5.9',
      [left, outcome, right].every(handled),
      `around ${outcome.name}: ${left.after.drift.action_taken}, ${outcome.after.drift.action_taken}, ${right.after.drift.action_taken}`,
    );
  }
  const gains: number[] = [];
  outcomes.forEach((outcome, i) => {
    const { after, expected, name } = outcome;
    verdicts.check(
      '5.10',
      handled(outcome),
      `${name} (${outcome.moment.step.spec}): ${after.drift.action_taken}, drift ${after.drift.drift_detected}, valid ${after.quality.valid}`,
    );
    if (expected === 'drift')
      verdicts.check('5.11', after.drift.drift_score >= 0.5, `${name}: ${after.drift.drift_score}`);
    if (expected === 'none')
      verdicts.check('5.11', after.drift.drift_score < 0.5, `${name}: ${after.drift.drift_score}`);
    const previous = outcomes[i - 1];
    if (!previous) return;
    verdicts.check(
      '5.15',
      after.driftText !== previous.after.driftText,
      `${name}: the same drift report as ${previous.name}`,
    );
    verdicts.check(
      '5.16',
      after.quality.version === name && after.qualityText !== previous.after.qualityText,
      `${name}: quality of ${after.quality.version}`,
    );
    if (expected === 'drift') gains.push(outcome.mapSame - (outcome.mapBefore ?? 0));
    const ratio = (o: Outcome): number => o.served / o.worldMaps.informed;
    if (expected !== 'corrupt')
      verdicts.check(
        '5.20',
        ratio(outcome) >= ratio(base) - 0.07,
        `${name}: ${ratio(outcome).toFixed(3)} of informed, ${ratio(base).toFixed(3)} at the base`,
      );
  });
  verdicts.check(
    '4.6',
    gains.some((gain) => gain > 0),
    `gains of MAP@100 by retraining: ${gains.map((gain) => gain.toFixed(3)).join(', ')}`,
  );
  const { after } = last;
  const trained = trainings.at(-1);
  const final = sound.at(-1);
  verdicts.check(
    '5.13',
    after.model.trained_on === trained?.name,
    `trained_on ${after.model.trained_on}, last training ${trained?.name}`,
  );
  verdicts.check(
    '5.14',
    after.model.model_version === `${trainings.length}.0`,
    `model ${after.model.model_version} after ${trainings.length} trainings`,
  );
  verdicts.check(
    '5.17',
    after.experiments.length === trainings.length,
    `${after.experiments.length} experiments, ${trainings.length} trainings`,
  );
  const times = after.experiments.map((experiment) => Date.parse(experiment.timestamp));
  verdicts.check(
    '5.18',
    times.every((time, i) => Number.isFinite(time) && (i === 0 || time > (times[i - 1] ?? 0))),
    `timestamps ${after.experiments.map((e) => e.timestamp).join(', ')}`,
  );
  verdicts.check(
    '5.18',
    new Set(after.experiments.map((experiment) => experiment.run_id)).size === times.length,
    'run ids repeat',
  );
  const metrics = new Set(after.experiments.map((experiment) => JSON.stringify(experiment.metrics)));
  verdicts.check(
    '5.19',
    metrics.size === after.experiments.length,
    `${metrics.size} different metrics in ${after.experiments.length} experiments`,
  );
  const share = (outcome: Outcome): number => outcome.served / outcome.worldMaps.informed;
  // Closed sets and laws change along the series, so the level of the informed ranker stands for what was to be had.
  const kept =
    final !== undefined && (final.served >= base.served - MAP_NOISE || share(final) >= share(base) - MAP_NOISE);
  verdicts.check(
    '5.21',
    kept,
    `served ${base.served.toFixed(3)} -> ${final?.served.toFixed(3)}, of informed ${share(base).toFixed(3)} -> ${final ? share(final).toFixed(3) : ''}`,
  );
  const lineage = after.experiments.map((experiment) => experiment.data_version).join();
  verdicts.check('5.25', lineage === trainings.map((outcome) => outcome.name).join(), `experiments on ${lineage}`);
  verdicts.check(
    '5.25',
    after.status.data_version === final?.name,
    `data_version ${after.status.data_version}, last sound version ${final?.name}`,
  );
  await checkRevisions(
    session,
    sound.map(({ name }) => name),
  );
  verdicts.check('5.27', outcomes.length >= 4, `${outcomes.length} versions`);
  const ready = await client.get('/ready');
  verdicts.check('5.27', ready.status === 200, `/ready ${ready.status} after the series`);
  const differ = offersDiffer(last);
  verdicts.check(
    '2.5',
    differ.reasons < 0.95,
    `offers share ${(100 * differ.reasons).toFixed(0)}% of their top reasons`,
  );
  verdicts.check('2.2', differ.members < 0.9, `offers share ${(100 * differ.members).toFixed(0)}% of their members`);
  session.say(
    `  between offers: ${(100 * differ.members).toFixed(0)}% of members and ${(100 * differ.reasons).toFixed(0)}% of top reasons in common; mean gain by retraining ${mean(gains).toFixed(3)}`,
  );
}
