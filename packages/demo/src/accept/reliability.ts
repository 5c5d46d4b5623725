import { eachOf, lookalikeReply } from '../client.ts';
import { quantile } from '../quantile.ts';
import type { Outcome } from './series.ts';
import type { Session } from './session.ts';

const INVALID: readonly unknown[] = [
  {},
  [],
  null,
  'x',
  7,
  { merchant_id: 'a', offer_id: 1, top_n: 10 },
  { merchant_id: 1, offer_id: null, top_n: 10 },
  { merchant_id: 1, offer_id: 1.5, top_n: 10 },
  { merchant_id: true, offer_id: 1, top_n: 10 },
  { merchant_id: 0, offer_id: 1, top_n: 10 },
  { merchant_id: -4, offer_id: 1, top_n: 10 },
  { merchant_id: 1, offer_id: 1 },
  { merchant_id: 1, offer_id: 1, top_n: '10' },
];

/** Block 3, the part without a pipeline running. */
export async function checkReliability(session: Session, base: Outcome): Promise<void> {
  const { client, verdicts } = session;
  const offers = base.evaluation.truths.map((entry) => entry.offer);
  const requests = offers
    .slice(0, 12)
    .map((offer, i) => ({ merchant_id: offer.merchantId, offer_id: offer.id, top_n: 10 + 7 * i }));
  const singles = await Promise.all(requests.map((request) => client.post('/lookalike', request)));
  const batch = await client.post('/lookalike/batch', { requests });
  const results = (batch.json as { results?: unknown[] } | undefined)?.results ?? [];
  verdicts.check(
    '3.1',
    batch.status === 200 && results.length === requests.length,
    `${batch.status}, ${results.length} results of ${requests.length}`,
  );
  verdicts.check(
    '3.2',
    singles.every((single, i) => JSON.stringify(single.json) === JSON.stringify(results[i])),
    'a batch result differs from the single answer',
  );
  const mixed = await client.post('/lookalike/batch', {
    requests: [requests[0], { merchant_id: 1, offer_id: 999_999_999, top_n: 5 }],
  });
  const mixedResults = (mixed.json as { results?: unknown[] } | undefined)?.results ?? [];
  verdicts.check(
    '3.1',
    mixed.status === 200 && mixedResults.length === 2 && JSON.stringify(mixedResults[1]).includes('error'),
    `an unknown offer in a batch: ${mixed.status} ${mixed.text.slice(0, 100)}`,
  );
  const [first] = offers;
  if (!first) return;
  const other = offers.find((offer) => offer.merchantId !== first.merchantId) ?? first;
  for (const [merchant, offer] of [
    [first.merchantId, 999_999_999],
    [999_999_999, first.id],
    [999_999_999, 999_999_999],
    [other.merchantId, first.id],
  ] as const) {
    const reply = await client.lookalike(merchant, offer, 10);
    verdicts.check(
      '3.3',
      reply.status === 404 && reply.text.includes('"code"'),
      `merchant ${merchant}, offer ${offer}: ${reply.status} ${reply.text}`,
    );
  }
  for (const body of INVALID) {
    const reply = await client.post('/lookalike', body);
    verdicts.check(
      '3.4',
      reply.status === 400 && reply.text.includes('"error"'),
      `${JSON.stringify(body)}: ${reply.status} ${reply.text}`,
    );
  }
  for (const text of ['', '{', '{"merchant_id":1,}', 'null', '\u0000']) {
    const reply = await client.send('POST', '/lookalike', text);
    verdicts.check('3.4', reply.status === 400, `${JSON.stringify(text)}: ${reply.status}`);
  }
  for (const [topN, expected] of [
    [1, 200],
    [1000, 200],
    [0, 400],
    [1001, 400],
    [-1, 400],
    [1.5, 400],
    [1e300, 400],
  ] as const) {
    const reply = await client.lookalike(first.merchantId, first.id, topN);
    verdicts.check('3.5', reply.status === expected, `top_n ${topN}: ${reply.status}, expected ${expected}`);
    if (reply.status === 200)
      verdicts.check('3.5', lookalikeReply.parse(reply.json).audience_size <= topN, `top_n ${topN}: more members`);
  }
  for (const request of requests.slice(0, 5)) {
    const [a, b] = [await client.post('/lookalike', request), await client.post('/lookalike', request)];
    verdicts.check('3.6', a.text === b.text, `offer ${request.offer_id}: other bytes the second time`);
  }
  const latencies: number[] = [];
  await eachOf(
    Array.from({ length: 200 }, (_, i) => offers[i % offers.length]),
    1,
    async (offer) => {
      if (offer) latencies.push((await client.lookalike(offer.merchantId, offer.id, 100)).ms);
    },
  );
  verdicts.check('3.9', quantile(latencies, 0.95) < 2000, `p95 ${quantile(latencies, 0.95)} ms`);
  session.say(
    `  /lookalike alone: p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p95 ${quantile(latencies, 0.95).toFixed(1)} ms`,
  );
}

/** Fifty requests at once, half of them batches: all succeed and the answers are those of a quiet moment. */
export async function checkConcurrency(session: Session, base: Outcome, version: string): Promise<void> {
  const { client, verdicts } = session;
  const offers = base.evaluation.truths.map((entry) => entry.offer).slice(0, 10);
  const quiet = new Map<number, string>();
  for (const offer of offers) quiet.set(offer.id, (await client.lookalike(offer.merchantId, offer.id, 50)).text);
  const latencies: number[] = [];
  await eachOf(
    Array.from({ length: 200 }, (_, i) => i),
    50,
    async (i) => {
      if (i % 2 === 0) {
        const records = JSON.stringify(
          Array.from({ length: 200 }, (_, r) => ({ user_id: 1_000_000 + i * 200 + r, age_bucket: 40 })),
        );
        const reply = await client.batch(version, 'people', 1 + i / 2, 100, records);
        verdicts.check('3.7', reply.status === 200, `batch ${1 + i / 2} among others: ${reply.status} ${reply.text}`);
        return;
      }
      const offer = offers[i % offers.length] ?? offers[0];
      if (!offer) return;
      const reply = await client.lookalike(offer.merchantId, offer.id, 50);
      latencies.push(reply.ms);
      verdicts.check('3.7', reply.status === 200, `offer ${offer.id} among others: ${reply.status}`);
      verdicts.check(
        '3.8',
        reply.text === quiet.get(offer.id),
        `offer ${offer.id}: another answer while batches are written`,
      );
    },
  );
  verdicts.check('3.9', quantile(latencies, 0.95) < 2000, `p95 with 50 at once ${quantile(latencies, 0.95)} ms`);
  session.say(
    `  /lookalike among 50 requests at once: p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p95 ${quantile(latencies, 0.95).toFixed(1)} ms`,
  );
}

/** Asks for audiences over and over until told to stop; every answer must be right and of a model that was promoted. */
export async function watchAudiences(
  session: Session,
  base: Outcome,
  stop: () => boolean,
): Promise<{ models: Set<string>; asked: number }> {
  const { client, verdicts } = session;
  const offers = base.evaluation.truths.map((entry) => entry.offer);
  const models = new Set<string>();
  const latencies: number[] = [];
  let asked = 0;
  while (!stop()) {
    const offer = offers[asked++ % offers.length];
    if (!offer) break;
    const reply = await client.lookalike(offer.merchantId, offer.id, 100);
    latencies.push(reply.ms);
    verdicts.check(
      '3.10',
      reply.status === 200,
      `offer ${offer.id} during the pipeline: ${reply.status} ${reply.text.slice(0, 200)}`,
    );
    const parsed = lookalikeReply.safeParse(reply.json);
    verdicts.check(
      '3.11',
      parsed.success && parsed.data.audience_size > 0,
      `offer ${offer.id} during the pipeline: not a valid answer`,
    );
    if (parsed.success) models.add(parsed.data.model_version);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  verdicts.check('3.9', quantile(latencies, 0.95) < 2000, `p95 during the pipeline ${quantile(latencies, 0.95)} ms`);
  return { models, asked };
}
