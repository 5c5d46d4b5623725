import { until } from '../client.ts';
import type { Session } from './session.ts';

/** Checks that need a service without any data: runs first, and only where no model serves yet. */
export async function checkFirstContact(session: Session): Promise<void> {
  const { client, verdicts } = session;
  const ready = await client.get('/ready');
  verdicts.check('1.1', ready.status === 200 && ready.text.includes('"status":"ok"'), `${ready.status} ${ready.text}`);
  const early = await client.status();
  if (!early.ready) {
    const refused = await client.lookalike(1, 1, 10);
    verdicts.check('2.1', refused.status === 503, `before the first model: ${refused.status}, not 503`);
  }
  const commit = await client.commit('nothing-was-sent');
  verdicts.check('1.13', commit.status < 500 && commit.json !== undefined, `${commit.status} ${commit.text}`);
  await until('idle after an empty commit', 60_000, async () => (await client.status()).pipeline_status !== 'running');
  const drift = await client.get('/monitoring/drift');
  verdicts.check(
    '1.13',
    drift.status === 200 && drift.text.includes('"skipped"'),
    `drift after an empty commit: ${drift.text}`,
  );
  const quality = await client.get('/monitoring/data-quality');
  verdicts.check(
    '1.13',
    quality.text.includes('"valid":false'),
    `quality after an empty commit: ${quality.text.slice(0, 200)}`,
  );
}

/** Requests to /data/batch and /data/commit that must be taken or refused in the right words. */
export async function checkReception(session: Session, version: string): Promise<void> {
  const { client, verdicts } = session;
  const record = { user_id: 1, age_bucket: 30, gender_cd: 'F', region: null, last_activity_day: '2025-07-01' };
  const envelope = { version, table: 'people', batch_id: 1, total_batches: 2, records: [record] };
  const accepted = await client.post('/data/batch', envelope);
  verdicts.check(
    '1.2',
    accepted.status === 200 &&
      JSON.stringify(accepted.json).includes('"accepted"') &&
      accepted.text.includes('"people"'),
    `${accepted.status} ${accepted.text}`,
  );
  const again = await client.post('/data/batch', envelope);
  verdicts.check('1.4', again.status === 200, `the same batch again: ${again.status} ${again.text}`);
  const empty = await client.post('/data/batch', { ...envelope, batch_id: 2, records: [] });
  verdicts.check('1.18', empty.status === 200, `${empty.status} ${empty.text}`);
  const unknown = await client.post('/data/batch', { ...envelope, table: 'passwords' });
  verdicts.check('1.12', unknown.status === 400 && unknown.json !== undefined, `${unknown.status} ${unknown.text}`);
  for (const field of Object.keys(envelope)) {
    const rest = Object.fromEntries(Object.entries(envelope).filter(([key]) => key !== field));
    const reply = await client.post('/data/batch', rest);
    verdicts.check(
      '1.19',
      reply.status === 400 && reply.text.includes(field),
      `without ${field}: ${reply.status} ${reply.text}`,
    );
  }
  const wrong: Record<string, unknown> = {
    version: 7,
    table: null,
    batch_id: '1',
    total_batches: 0,
    records: { a: 1 },
  };
  for (const [field, value] of Object.entries(wrong)) {
    const reply = await client.post('/data/batch', { ...envelope, [field]: value });
    verdicts.check('1.19', reply.status === 400, `${field} = ${JSON.stringify(value)}: ${reply.status} ${reply.text}`);
  }
  const nothing = await client.post('/data/commit', {});
  verdicts.check('1.19', nothing.status === 400, `commit without a version: ${nothing.status}`);
}
