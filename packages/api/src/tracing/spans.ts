/** What the service calls to be traced: by OpenTelemetry's interface alone, which does nothing where tracing is off. */

import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { DomainError } from '../errors.ts';
import { ATTRIBUTES } from './attributes.ts';

export interface SpanRequest {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** What the span belongs to, where that is not what runs now. */
  readonly parent?: Context;
}

/** Runs the function inside a span, which ends with it and carries what it throws. */
export async function inSpan<T>(name: string, request: SpanRequest, run: (span: Span) => Promise<T>): Promise<T> {
  const { parent = context.active(), ...options } = request;
  const span = trace.getTracer('kindred').startSpan(name, options, parent);
  try {
    return await context.with(trace.setSpan(parent, span), run, undefined, span);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Marks the span as failed. What was thrown is told by its code: messages may hold data. */
export function failSpan(span: Span, error: unknown): void {
  const type = error instanceof DomainError ? error.code : error instanceof Error ? error.name : 'unknown';
  span.setAttribute(ATTRIBUTES.ERROR_TYPE, type);
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message: type });
}

/** W3C's `traceparent` of what runs now, to be kept or sent; undefined where nothing is traced. */
export function traceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** What such a text, or headers that hold one, stand for. */
export function contextOf(carrier: { readonly traceparent?: unknown; readonly tracestate?: unknown }): Context {
  return propagation.extract(ROOT_CONTEXT, carrier);
}

/** The ids that lines of the log carry, by the names that OpenTelemetry has for them. */
export function traceFields(): { trace_id?: string; span_id?: string; trace_flags?: string } {
  const span = trace.getSpanContext(context.active());
  if (!span || !isSpanContextValid(span)) return {};
  return { trace_id: span.traceId, span_id: span.spanId, trace_flags: `0${span.traceFlags.toString(16)}`.slice(-2) };
}
