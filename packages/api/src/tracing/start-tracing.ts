import type { Logger } from 'pino';
import type { Config } from '../config.ts';

export interface Tracing {
  /** Sends what is still to be sent, for a few seconds at most. */
  stop(): Promise<void>;
}

/**
 * Spans go to the collector of the settings. Without one nothing is loaded: OpenTelemetry's interface, which the code calls, then
 * does nothing.
 */
export async function startTracing(config: Config, logger: Logger): Promise<Tracing | undefined> {
  if (!config.tracing) return undefined;
  const { openTracing } = await import('./open-tracing.ts');
  return openTracing(config.tracing, config, logger);
}
