import { mean } from '../world/rankers.ts';
import type { Outcome } from './series.ts';
import type { Session } from './session.ts';
import { overlap } from './session.ts';

/** Differences of MAP@100 that count as noise. */
export const MAP_NOISE = 0.02;
/** How much of the share of informed may be lost between two versions without drift. */
const SHARE_NOISE = 0.07;

function share(outcome: Outcome): number {
  return outcome.served / outcome.worldMaps.informed;
}

function scoresOf(outcome: Outcome, when: 'audiencesBefore' | 'audiencesAfter'): string {
  return JSON.stringify([...outcome[when].values()].map((reply) => reply.audience.map((member) => member.score)));
}

/** Mean share of members in common between before and after, over the offers known to both. */
function stability(outcome: Outcome): number {
  const shares: number[] = [];
  for (const [id, before] of outcome.audiencesBefore) {
    const after = outcome.audiencesAfter.get(id);
    if (after) shares.push(overlap(before, after));
  }
  return mean(shares);
}

export function checkDrifted(session: Session, outcome: Outcome): void {
  const { verdicts } = session;
  const { after, before, name } = outcome;
  const at = `${name} (${outcome.moment.step.spec})`;
  verdicts.check('4.1', after.drift.drift_detected, `${at}: drift not detected, score ${after.drift.drift_score}`);
  verdicts.check('4.2', after.drift.action_taken === 'retrained', `${at}: ${after.drift.action_taken}`);
  verdicts.check(
    '4.3',
    after.status.model_version !== before?.status.model_version,
    `${at}: still ${after.status.model_version}`,
  );
  verdicts.check('4.4', after.status.data_version === name, `${at}: data_version ${after.status.data_version}`);
  verdicts.check(
    '4.5',
    outcome.mapSame >= (outcome.mapBefore ?? 0) - MAP_NOISE,
    `${at}: MAP@100 ${outcome.mapBefore?.toFixed(3)} -> ${outcome.mapSame.toFixed(3)}`,
  );
  verdicts.check(
    '4.7',
    after.experiments.length === (before?.experiments.length ?? 0) + 1,
    `${at}: ${before?.experiments.length} -> ${after.experiments.length} experiments`,
  );
  verdicts.check('4.14', after.model.trained_on === name, `${at}: trained_on ${after.model.trained_on}`);
  verdicts.check('4.16', after.drift.drift_score >= 0.5, `${at}: drift_score ${after.drift.drift_score}`);
  verdicts.check('5.22', stability(outcome) < 0.999, `${at}: the same audiences after retraining`);
  verdicts.check(
    '5.24',
    scoresOf(outcome, 'audiencesBefore') !== scoresOf(outcome, 'audiencesAfter'),
    `${at}: the same scores after retraining`,
  );
}

export function checkUndrifted(session: Session, outcome: Outcome, previous: Outcome): void {
  const { verdicts } = session;
  const { after, before, name } = outcome;
  const at = `${name} (${outcome.moment.step.spec})`;
  verdicts.check('4.8', !after.drift.drift_detected, `${at}: drift detected, score ${after.drift.drift_score}`);
  verdicts.check('4.9', after.drift.action_taken === 'none', `${at}: ${after.drift.action_taken}`);
  verdicts.check(
    '4.10',
    after.status.model_version === before?.status.model_version,
    `${at}: ${before?.status.model_version} -> ${after.status.model_version}`,
  );
  verdicts.check(
    '4.11',
    share(outcome) >= share(previous) - SHARE_NOISE,
    `${at}: share of informed ${share(previous).toFixed(3)} -> ${share(outcome).toFixed(3)}`,
  );
  verdicts.check(
    '4.11',
    outcome.mapSame >= (outcome.mapBefore ?? 0) - MAP_NOISE,
    `${at}: MAP@100 ${outcome.mapBefore?.toFixed(3)} -> ${outcome.mapSame.toFixed(3)}`,
  );
  verdicts.check(
    '4.12',
    after.experiments.length === before?.experiments.length,
    `${at}: ${before?.experiments.length} -> ${after.experiments.length} experiments`,
  );
  verdicts.check('4.17', after.drift.drift_score < 0.5, `${at}: drift_score ${after.drift.drift_score}`);
  verdicts.check(
    '5.23',
    stability(outcome) > 0.5,
    `${at}: only ${(100 * stability(outcome)).toFixed(0)}% of the members stay`,
  );
}

/** What must hold after every sound version. */
export function checkSound(session: Session, outcome: Outcome): void {
  const { verdicts } = session;
  const { after, name } = outcome;
  const quality = after.quality;
  const failed = quality.failed_checks.map((check) => `${check.table}.${check.check}`).join(', ');
  verdicts.check(
    '4.13',
    quality.valid && quality.checks_total >= 5,
    `${name}: valid ${quality.valid}, ${quality.checks_total} checks; failed: ${failed}`,
  );
  verdicts.check(
    '4.13',
    quality.checks_passed + quality.checks_failed === quality.checks_total,
    `${name}: the counts of checks do not add up`,
  );
  verdicts.check(
    '4.15',
    after.model.model_version === after.status.model_version,
    `${name}: ${after.model.model_version} and ${after.status.model_version}`,
  );
  const latest = after.experiments.find((experiment) => experiment.model_version === after.model.model_version);
  const same =
    latest !== undefined &&
    JSON.stringify(sorted(latest.metrics)) === JSON.stringify(sorted(after.model.train_metrics ?? {}));
  verdicts.check(
    '4.18',
    same,
    `${name}: metrics ${JSON.stringify(latest?.metrics)} and train_metrics ${JSON.stringify(after.model.train_metrics)}`,
  );
  verdicts.check('5.12', after.status.data_version === name, `${name}: data_version ${after.status.data_version}`);
  verdicts.check('1.7', outcome.seconds < 600, `${name}: ${outcome.seconds} s`);
}

function sorted(metrics: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1));
}
