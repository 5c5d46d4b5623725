import { trace } from '@opentelemetry/api';
import { inSpan } from './spans.ts';

/** @param run is given a call that notes a failed attempt after which the stage is tried again. */
export function traceStage<T>(
  stage: string,
  key: string,
  run: (retried: (error: Error) => void) => Promise<T>,
): Promise<T> {
  const attributes = { 'kindred.stage': stage, 'kindred.stage.key': key, 'kindred.stage.status': 'completed' };
  return inSpan(`stage ${stage}`, { attributes }, (span) => run((error) => span.recordException(error)));
}

/** A stage whose result was there already. */
export function traceReuse(stage: string, key: string): void {
  const attributes = { 'kindred.stage': stage, 'kindred.stage.key': key, 'kindred.stage.status': 'reused' };
  trace.getTracer('kindred').startSpan(`stage ${stage}`, { attributes }).end();
}
