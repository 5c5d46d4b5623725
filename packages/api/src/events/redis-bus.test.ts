import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findRedis, startRedis, type ThrowawayRedis } from '../test/throwaway-redis.ts';
import { event } from './events.ts';
import { RedisEventBus } from './redis-bus.ts';

const program = findRedis();
const metric = (value: number) => event('metricLogged', { jobId: 'a', stage: 'train', key: 'ndcg', value, step: 0 });

/** SKIPPED where no redis-server is installed. */
describe.skipIf(program === undefined)('events over Redis', () => {
  let redis: ThrowawayRedis;
  const open: RedisEventBus[] = [];

  beforeAll(async () => {
    redis = await startRedis(program ?? '');
  });
  afterAll(() => redis?.kill());
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.stop();
  });

  async function busOf(states: string[] = []): Promise<RedisEventBus> {
    const bus = new RedisEventBus({
      url: redis.url,
      onListenerError: (error) => {
        throw error;
      },
      onState: (state) => states.push(state),
    });
    open.push(bus);
    bus.start();
    await expect.poll(() => bus.state).toBe('connected');
    return bus;
  }

  it('reach each process once: the one that publishes at once, the others over Redis, in order', async () => {
    const [here, there] = [await busOf(), await busOf()];
    const seen = { here: [] as number[], there: [] as number[] };
    here.subscribe('metricLogged', ({ value }) => seen.here.push(value));
    there.subscribe('metricLogged', ({ value }) => seen.there.push(value));
    for (let value = 0; value < 100; value++) here.publish(metric(value));
    expect(seen.here).toHaveLength(100);
    await expect.poll(() => seen.there.length).toBe(100);
    there.publish(metric(100));
    await expect.poll(() => seen.here.length).toBe(101);
    expect(seen.there).toEqual(Array.from({ length: 101 }, (_, value) => value));
    expect(seen.here).toEqual(seen.there);
  });

  it('go on inside a process while Redis is away, and between processes when it is back', async () => {
    const states: string[] = [];
    const [here, there] = [await busOf(states), await busOf()];
    const seen = { here: [] as number[], there: [] as number[] };
    here.subscribe('metricLogged', ({ value }) => seen.here.push(value));
    there.subscribe('metricLogged', ({ value }) => seen.there.push(value));
    await redis.kill();
    await expect.poll(() => here.state).toBe('lost');
    here.publish(metric(1));
    expect(seen.here).toEqual([1]);
    await expect.poll(() => here.unsent).toBe(1);
    await redis.start();
    await expect.poll(() => [here.state, there.state], { timeout: 10_000 }).toEqual(['connected', 'connected']);
    here.publish(metric(2));
    await expect.poll(() => seen.there).toEqual([2]);
    expect(states).toEqual(['connected', 'lost', 'connected']);
  });

  it('what is no event of ours harms nobody', async () => {
    const bus = await busOf();
    const seen: number[] = [];
    bus.subscribe('metricLogged', ({ value }) => seen.push(value));
    const { createClient } = await import('redis');
    const stranger = createClient({ url: redis.url });
    await stranger.connect();
    for (const text of ['', 'nonsense', '[]', '{"origin":1}', '{"origin":"x","name":"metricLogged"}']) {
      await stranger.publish('kindred:events', text);
    }
    await stranger.publish('kindred:events', JSON.stringify({ origin: 'x', ...metric(7) }));
    await expect.poll(() => seen).toEqual([7]);
    stranger.destroy();
  });
});
