import { join } from 'node:path';
import type { Json, StageContext } from '../../pipelines/stage.ts';
import { writeCsv } from '../csv-writer.ts';
import { outputChart } from '../output-chart.ts';
import { CSV_COLUMNS, LEADERBOARD, type Leaderboard, type LeaderboardEntry, type TRIAL_STATES } from './leaderboard.ts';
import { leaderboardChart } from './leaderboard-chart.ts';
import type { Search } from './open-search.ts';
import { PREPARATIONS, REFERENCE } from './preparations.ts';
import { FORMULA } from './score-trial.ts';

/** Writes it as JSON, as CSV and as a picture. @returns the stage's summary. */
export async function outputLeaderboard(
  context: StageContext,
  { params, plan, spaces }: Search,
  entries: readonly LeaderboardEntry[],
): Promise<{ [key: string]: Json }> {
  const count = (state: (typeof TRIAL_STATES)[number]) => entries.filter((entry) => entry.state === state).length;
  const trials: Leaderboard['trials'] = {
    planned: plan.length,
    final: count('final'),
    screened: count('screened'),
    degenerate: count('degenerate'),
    failed: count('failed'),
    skipped: count('skipped'),
    not_reached: count('not_reached'),
  };
  const notes = notesOn(spaces.rows, spaces.sample.length, count);
  const { budget_seconds, max_trials, n_bootstraps } = params;
  const result: Leaderboard = {
    rows: spaces.rows,
    sample_rows: spaces.sample.length,
    seed: context.seed,
    formula: FORMULA,
    reference: { ...PREPARATIONS[REFERENCE].params },
    limits: { budget_seconds, max_trials },
    trials,
    notes: n_bootstraps === 0 ? [...notes, 'Stability was not measured.'] : notes,
    entries: [...entries],
  };
  await context.outputJson(LEADERBOARD, result as unknown as Json);
  const file = join(context.scratch, 'leaderboard.csv');
  await writeCsv(file, CSV_COLUMNS, entries.length, (row, column) => entries[row][CSV_COLUMNS[column]]);
  await context.output('leaderboard.csv', file);
  const chart = leaderboardChart(entries);
  if (chart) await outputChart(context, 'leaderboard', chart);
  const [first] = entries;
  const winner = isWinner(first) ? { ...first, params: first.params as Json } : null;
  if (winner?.score != null) context.metric('winner_score', winner.score);
  return { rows: spaces.rows, sample_rows: spaces.sample.length, trials, notes, winner };
}

/** The first entry, unless it tells nothing of the table. */
export const isWinner = (entry: LeaderboardEntry | undefined): entry is LeaderboardEntry =>
  entry?.state === 'final' || entry?.state === 'screened';

function notesOn(rows: number, sampled: number, count: (state: (typeof TRIAL_STATES)[number]) => number): string[] {
  const number = (value: number) => value.toLocaleString('en-US');
  return [
    ...(sampled < rows
      ? [`Trials began on a sample of ${number(sampled)} of ${number(rows)} rows; only finalists saw all rows.`]
      : []),
    ...(count('not_reached') > 0
      ? [
          `The time was over before ${number(count('not_reached'))} trials: with more of it the first ones may be others.`,
        ]
      : []),
    ...(count('skipped') > 0 ? [`${number(count('skipped'))} trials did not fit into memory.`] : []),
    ...(count('final') === 0 && count('screened') > 0 ? ['No finalist was fitted to all rows.'] : []),
    ...(count('final') + count('screened') === 0 ? ['No trial found clusters: each result is degenerate.'] : []),
  ];
}
