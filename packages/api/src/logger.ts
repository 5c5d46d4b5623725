import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { traceFields } from './tracing/spans.ts';

/** Lines of JSON; where requests are traced, each names the trace that it belongs to. */
export function openLogger({ logLevel, tracing }: Config): Logger {
  return pino({ level: logLevel, ...(tracing ? { mixin: traceFields } : {}) });
}
