import { ATTRIBUTES } from '@kindred/api/tracing/attributes.ts';
import { contextOf, inSpan, traceparent } from '@kindred/api/tracing/spans.ts';
import { untraced } from '@kindred/api/tracing/untraced.ts';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Context, Middleware } from 'koa';

/** What is asked every few seconds by machines, and says nothing about the service's work. */
const LEFT_OUT = /^\/(?:live|ready|metrics)\/?$|^\/assets\//;

/**
 * A span for each request, under the caller's own where it sends `traceparent`; the answer names it in the same header.
 * Names and attributes are those of OpenTelemetry's conventions for HTTP servers; what stands in addresses after `?` is left out.
 */
export function traceRequests(): Middleware {
  return async (ctx, next) => {
    if (LEFT_OUT.test(ctx.path)) return untraced(next);
    const { traceparent: sent, tracestate } = ctx.req.headers;
    const parent = contextOf({ traceparent: sent, tracestate });
    await inSpan(ctx.method, { kind: SpanKind.SERVER, parent, attributes: describe(ctx) }, async (span) => {
      const here = traceparent();
      if (here !== undefined) ctx.set('traceparent', here);
      await next();
      if (typeof ctx.state.route === 'string') {
        span.updateName(`${ctx.method} ${ctx.state.route}`);
        span.setAttribute(ATTRIBUTES.HTTP_ROUTE, ctx.state.route);
      }
      span.setAttribute(ATTRIBUTES.HTTP_RESPONSE_STATUS_CODE, ctx.status);
      if (ctx.status < 500) return;
      span.setAttribute(ATTRIBUTES.ERROR_TYPE, String(ctx.status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    });
  };
}

function describe(ctx: Context) {
  const agent = ctx.get('user-agent');
  const { localPort } = ctx.req.socket;
  return {
    [ATTRIBUTES.HTTP_REQUEST_METHOD]: ctx.method,
    [ATTRIBUTES.URL_PATH]: ctx.path,
    [ATTRIBUTES.URL_SCHEME]: ctx.protocol,
    [ATTRIBUTES.SERVER_ADDRESS]: ctx.hostname,
    ...(localPort === undefined ? {} : { [ATTRIBUTES.SERVER_PORT]: localPort }),
    [ATTRIBUTES.CLIENT_ADDRESS]: ctx.ip,
    [ATTRIBUTES.NETWORK_PROTOCOL_VERSION]: ctx.req.httpVersion,
    ...(agent === '' ? {} : { [ATTRIBUTES.USER_AGENT_ORIGINAL]: agent }),
  };
}
