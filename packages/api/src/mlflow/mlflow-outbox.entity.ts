import { defineEntity, p } from '@mikro-orm/core';

/**
 * - `run`: a training with its parameters, tags and metrics. - `model_version`: its model, the newest challenger.
 * - `alias`: a promotion. - `run_end`: reports and what the job measured after its training; the run is finished.
 * - `data_revision`: where DVC has the training's data.
 */
export const OWED_KINDS = ['run', 'model_version', 'alias', 'run_end', 'data_revision'] as const;
export type OwedKind = (typeof OWED_KINDS)[number];

/**
 * What MLflow is owed, in the order in which it is told. Written in the transaction of what it tells of, so neither is ever
 * without the other; kept after it was sent, as the record of when that was.
 */
const schema = defineEntity({
  name: 'MlflowOutbox',
  indexes: [{ properties: ['sentAt', 'refusedAt', 'id'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    kind: p.enum(OWED_KINDS),
    /** Id of the ExperimentRun, or of the ModelPromotion of an `alias`. */
    subject: p.text(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    sentAt: p.datetime(3).nullable(),
    /** When it was given up, because MLflow refused it again and again; what comes after it is sent all the same. */
    refusedAt: p.datetime(3).nullable(),
    refusals: p.integer().default(0),
    lastError: p.text().nullable(),
    /** The sender that has it in hand, as long as its lease holds. */
    holder: p.uuid().nullable(),
    leasedUntil: p.datetime(3).nullable(),
  },
});

export class MlflowOutbox extends schema.class {}
schema.setClass(MlflowOutbox);
