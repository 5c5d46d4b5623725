import type { Watch } from './caller.ts';

/**
 * A stream that ends when who opened it is not there any more, for example because the session that opened it has ended. A stream of events may go
 * on for days.
 */
export function untilGone(stream: unknown, watch: Watch | undefined): unknown {
  if (!watch || !isIterable(stream)) return stream;
  const iterator = stream[Symbol.asyncIterator]();
  const end = () => iterator.return?.();
  const timer = setInterval(() => {
    // Who cannot be looked up now is looked up the next time.
    watch.stillThere().then(
      (there) => {
        if (!there) end();
      },
      () => undefined,
    );
  }, watch.everyMs);
  timer.unref();
  const watched: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => watched,
    next: async () => {
      const result = await iterator.next();
      if (result.done) clearInterval(timer);
      return result;
    },
    return: async () => {
      clearInterval(timer);
      await end();
      return { done: true, value: undefined };
    },
  };
  return watched;
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
