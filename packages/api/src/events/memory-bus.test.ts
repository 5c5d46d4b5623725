import { describe, expect, it } from 'vitest';
import { event } from './events.ts';
import { MemoryEventBus } from './memory-bus.ts';

const metric = (jobId: string, value: number) =>
  event('metricLogged', { jobId, stage: 'train', key: 'ndcg', value, step: 0 });

describe('the event bus of a process', () => {
  it('streams what is published after the subscription, filtered, in order, and ends on abort', async () => {
    const bus = new MemoryEventBus(() => undefined);
    const abort = new AbortController();
    bus.publish(metric('a', 0));
    const stream = bus.stream('metricLogged', { signal: abort.signal, filter: (payload) => payload.jobId === 'a' });
    bus.publish(metric('a', 1));
    bus.publish(metric('b', 2));
    const first = await stream.next();
    const second = stream.next();
    bus.publish(metric('a', 3));
    expect([first.value?.value, (await second).value?.value]).toEqual([1, 3]);
    const last = stream.next();
    abort.abort();
    expect((await last).done).toBe(true);
  });

  it('reports a listener that throws and still serves the others', () => {
    const errors: unknown[] = [];
    const bus = new MemoryEventBus((error) => errors.push(error));
    const seen: number[] = [];
    bus.subscribe('metricLogged', () => {
      throw new Error('bad listener');
    });
    const unsubscribe = bus.subscribe('metricLogged', (payload) => seen.push(payload.value));
    bus.publish(metric('a', 1));
    unsubscribe();
    bus.publish(metric('a', 2));
    expect(seen).toEqual([1]);
    expect(errors).toHaveLength(2);
  });

  it('keeps the newest events for a reader that is far behind', async () => {
    const bus = new MemoryEventBus(() => undefined);
    const stream = bus.stream('metricLogged');
    for (let value = 0; value < 1500; value++) bus.publish(metric('a', value));
    expect((await stream.next()).value?.value).toBe(500);
    await stream.return?.();
  });
});
