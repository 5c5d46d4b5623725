import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { EventBus } from './events.ts';
import { MemoryEventBus } from './memory-bus.ts';

/** Events over Redis where it is configured, inside the process otherwise. Redis's client is loaded only when it is needed. */
export async function openEventBus(config: Config, logger: Logger): Promise<EventBus> {
  const onListenerError = (error: unknown) => logger.error({ err: error }, 'a listener of an event failed');
  if (config.redisUrl === undefined) return new MemoryEventBus(onListenerError);
  const { RedisEventBus } = await import('./redis-bus.ts');
  const bus = new RedisEventBus({
    url: config.redisUrl,
    onListenerError,
    onState: (state, error) =>
      state === 'connected'
        ? logger.info('events reach other processes over Redis')
        : logger.warn({ err: error }, 'Redis is away: events stay in this process until it is back'),
  });
  bus.start();
  return bus;
}
