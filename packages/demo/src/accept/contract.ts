import { z } from 'zod';
import { driftReply, experimentsReply, modelReply, qualityReply, statusReply } from '../client.ts';
import { TABLE_NAMES } from '../world/tables.ts';
import type { CheckId } from './checklist.ts';
import type { Outcome } from './series.ts';
import type { Session } from './session.ts';

const ANSWERS: readonly (readonly [CheckId, string, z.ZodType])[] = [
  ['1.8', '/status', statusReply],
  ['1.14', '/model/info', modelReply],
  ['1.15', '/monitoring/drift', driftReply],
  ['1.16', '/monitoring/data-quality', qualityReply],
  ['1.17', '/experiments', experimentsReply.refine((reply) => reply.experiments.length >= 1, 'no experiment')],
];

const committed = z.object({ status: z.literal('accepted'), tables_received: z.array(z.string()) });

/** Block 1 after the first version was processed. */
export async function checkContract(session: Session, base: Outcome): Promise<void> {
  const { client, verdicts } = session;
  for (const [id, path, schema] of ANSWERS) {
    const reply = await client.get(path);
    const parsed = schema.safeParse(reply.json);
    verdicts.check(
      id,
      reply.status === 200 && parsed.success,
      `${path}: ${reply.status} ${parsed.success ? '' : z.prettifyError(parsed.error)}`,
    );
  }
  verdicts.check('1.3', base.after.quality.valid, 'the shuffled base version was not found valid');
  verdicts.check('1.7', base.seconds < 600, `${base.seconds} s`);
  verdicts.check('1.10', base.after.status.ready, 'not ready after the base version');
  const statuses = base.statuses.map((status) => status.pipeline_status);
  verdicts.check(
    '1.9',
    statuses.includes('running') && statuses.at(-1) === 'idle',
    `statuses: ${[...new Set(statuses)].join(' ')}`,
  );
  const experiments = base.after.experiments.length;
  const again = await client.commit(base.name);
  const reply = committed.safeParse(again.json);
  const received = reply.success ? [...reply.data.tables_received].sort().join() : again.text;
  const sent = [...TABLE_NAMES].sort().join();
  verdicts.check('1.5', again.status === 200 && reply.success, `${again.status} ${again.text}`);
  verdicts.check('1.11', received === sent, `received ${received}, sent ${sent}`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const status = await client.status();
  const now = experimentsReply.parse((await client.get('/experiments')).json).experiments.length;
  verdicts.check(
    '1.6',
    again.status === 200 && status.pipeline_status === 'idle' && now === experiments,
    `${status.pipeline_status}, ${now} experiments after a second commit, ${experiments} before`,
  );
  const late = await client.batch(base.name, 'people', 1, 1, '[{"user_id":999999999}]');
  verdicts.check(
    '1.6',
    late.status < 500 && late.json !== undefined,
    `a batch for a committed version: ${late.status}`,
  );
}

/** A part of a version, sent in three batches: what the service says it received is what was sent. */
export async function checkReceivedTables(session: Session): Promise<void> {
  const { client, verdicts } = session;
  const version = 'two tables only';
  await client.batch(version, 'people', 1, 1, '[{"user_id":5,"age_bucket":20}]');
  await client.batch(version, 'merchant', 1, 1, '[{"merchant_id_offer":5,"merchant_status":"ACT","brand_dk":5}]');
  const reply = committed.safeParse((await client.commit(version)).json);
  const tables = reply.success ? [...reply.data.tables_received].sort().join() : 'no answer';
  verdicts.check('1.11', tables === 'merchant,people', `received ${tables}, sent merchant,people`);
  verdicts.check('1.5', reply.success, 'commit of a part was not accepted');
}
