import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { freePort } from './free-port.ts';
import { readWire, type WireMessage } from './protobuf-wire.ts';

export interface ReceivedSpan {
  /** `service.name` of the process that sent it. */
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** 0 unset, 1 ok, 2 error. */
  readonly status: number;
  readonly events: readonly string[];
}

export interface OtlpReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Content types of the bodies that came. */
  readonly contentTypes: ReadonlySet<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A collector of traces: takes OTLP over HTTP, as protobuf and as JSON, and keeps the spans. */
export async function openOtlpReceiver(): Promise<OtlpReceiver> {
  const port = await freePort();
  const spans: ReceivedSpan[] = [];
  const contentTypes = new Set<string>();
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/traces') return void response.writeHead(404).end();
    const type = request.headers['content-type'] ?? '';
    contentTypes.add(type);
    const body = await bodyOf(request);
    spans.push(...(type === 'application/json' ? fromJson(body) : fromProtobuf(body)));
    response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : '');
  });
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    contentTypes,
    start: () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const body = await buffer(request);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

const attributesJson = z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })).default([]);
const requestJson = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesJson }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().default(''),
              name: z.string(),
              kind: z.number(),
              attributes: attributesJson,
              events: z.array(z.object({ name: z.string() })).default([]),
              status: z.object({ code: z.number().default(0) }).default({ code: 0 }),
            }),
          ),
        }),
      ),
    }),
  ),
});

function fromJson(body: Buffer): ReceivedSpan[] {
  const plain = (attributes: z.infer<typeof attributesJson>) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
  return requestJson.parse(JSON.parse(body.toString())).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap((scope) => scope.spans)
      .map((span) => ({
        ...span,
        service: String(plain(resource.attributes)['service.name']),
        attributes: plain(span.attributes),
        status: span.status.code,
        events: span.events.map(({ name }) => name),
      })),
  );
}

/** By the field numbers of opentelemetry/proto/trace/v1/trace.proto. */
function fromProtobuf(body: Buffer): ReceivedSpan[] {
  return messages(readWire(body), 1).flatMap((resourceSpans) => {
    const [resource] = messages(resourceSpans, 1);
    const service = String(attributes(resource, 1)['service.name']);
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => ({
        service,
        traceId: hex(span, 1),
        spanId: hex(span, 2),
        parentSpanId: hex(span, 4),
        name: text(span, 5),
        kind: Number(span.get(6)?.[0] ?? 0n),
        attributes: attributes(span, 9),
        events: messages(span, 11).map((event) => text(event, 2)),
        status: Number(messages(span, 15)[0]?.get(3)?.[0] ?? 0n),
      }));
  });
}

function bytes(message: WireMessage | undefined, field: number): Uint8Array[] {
  return (message?.get(field) ?? []).filter((value) => value instanceof Uint8Array);
}

const messages = (message: WireMessage | undefined, field: number) => bytes(message, field).map(readWire);
const text = (message: WireMessage, field: number) => Buffer.from(bytes(message, field)[0] ?? []).toString('utf8');
const hex = (message: WireMessage, field: number) => Buffer.from(bytes(message, field)[0] ?? []).toString('hex');

function attributes(message: WireMessage | undefined, field: number): Record<string, unknown> {
  return Object.fromEntries(
    messages(message, field).map((pair) => {
      const [value] = messages(pair, 2);
      const string = value && bytes(value, 1)[0];
      return [text(pair, 1), string ? Buffer.from(string).toString('utf8') : value?.get(3)?.[0]];
    }),
  );
}
