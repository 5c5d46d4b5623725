import type { Json } from '../../pipelines/stage.ts';
import { ReceivedFile } from '../../uploads/received-file.ts';

/** Names of arguments that nobody may read afterwards. */
const SECRETS: ReadonlySet<string> = new Set(['password', 'current', 'next', 'token']);

/** What of an entry's arguments is kept. */
const MOST = { text: 200, items: 20, depth: 4, values: 200, bytes: 4000 } as const;

/** Arguments as the journal keeps them: without secrets, cut to a size, and never with what the database cannot hold. */
export function describeArguments(args: object): Json {
  let left: number = MOST.values;
  const describe = (value: unknown, depth: number): Json => {
    if (--left < 0) return '…';
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return `<${value.length} bytes>`;
    if (value instanceof ReceivedFile) return `<file ${text(value.name)}, ${value.bytes} bytes>`;
    if (typeof value !== 'object') return text(String(value));
    if (isGlobalId(value)) return text(nameOf(value));
    if (depth >= MOST.depth) return '…';
    if (Array.isArray(value)) {
      const kept = value.slice(0, MOST.items).map((item) => describe(item, depth + 1));
      return value.length > kept.length ? [...kept, `… ${value.length - kept.length} more`] : kept;
    }
    return fields(value, depth);
  };
  const fields = (value: object, depth: number): Json => {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    const kept = entries.slice(0, MOST.items).map(([name, part]) => {
      return [text(name), SECRETS.has(name) ? '<secret>' : describe(part, depth + 1)] as const;
    });
    if (entries.length > kept.length) kept.push(['…', `${entries.length - kept.length} more`]);
    return Object.fromEntries(kept);
  };
  const whole = fields(args, 0);
  const size = JSON.stringify(whole).length;
  if (size <= MOST.bytes) return whole;
  return Object.fromEntries(
    Object.keys(args)
      .slice(0, MOST.items)
      .map((name) => [text(name), `<cut: ${size} signs in all>`]),
  );
}

/** What was acted upon, by the first argument that names something. */
export function targetOf(args: object): string | null {
  const values = new Map<string, unknown>(Object.entries(args));
  for (const name of ['id', 'job', 'dataset', 'search', 'version', 'name', 'model']) {
    const value = values.get(name);
    if (typeof value === 'string') return text(value);
    if (typeof value === 'object' && value !== null && isGlobalId(value)) return text(nameOf(value));
  }
  return null;
}

interface GlobalId {
  readonly typename: string;
  readonly id: unknown;
}

const isGlobalId = (value: object): value is GlobalId =>
  'typename' in value && 'id' in value && typeof value.typename === 'string';

const nameOf = ({ typename, id }: GlobalId): string => `${typename}:${String(id)}`;

const text = (value: string): string => {
  const cut = value.length > MOST.text ? `${value.slice(0, MOST.text)}…` : value;
  return cut.toWellFormed().replaceAll('\0', '\u2400');
};
