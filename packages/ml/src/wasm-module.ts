/** The part of WebAssembly's interface in use here; the language's own library does not declare it. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number; maximum?: number; shared?: boolean }) => { readonly buffer: ArrayBuffer };
  Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: object };
}

const PAGE = 65536;
/** Largest memory that WebAssembly can address. */
const MOST_PAGES = 65536;

const api = (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly;
const modules = new Map<string, object | null>();

/** The module of that code, or null where this runtime has no WebAssembly with SIMD. */
function moduleOf(base64: string): object | null {
  const known = modules.get(base64);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const module = api?.validate(bytes) ? new api.Module(bytes) : null;
  modules.set(base64, module);
  return module;
}

/**
 * An instance of compiled code over a memory of its own, of at least `bytes` zeros.
 * @returns undefined where the code cannot run or the memory is beyond what it can address.
 */
export function instantiate<Exports>(
  base64: string,
  bytes: number,
): { readonly exports: Exports; readonly buffer: ArrayBuffer } | undefined {
  const module = moduleOf(base64);
  const pages = Math.ceil(bytes / PAGE);
  if (!api || !module || pages > MOST_PAGES) return undefined;
  const memory = new api.Memory({ initial: pages });
  const { exports } = new api.Instance(module, { env: { memory } });
  return { exports: exports as Exports, buffer: memory.buffer };
}

/**
 * The same over a shared memory, which threads may run more instances of `module` over.
 * @returns undefined as `instantiate`, and where memory cannot be shared.
 */
export function instantiateShared<Exports>(base64: string, bytes: number) {
  const module = moduleOf(base64);
  const pages = Math.ceil(bytes / PAGE);
  if (!api || !module || pages > MOST_PAGES) return undefined;
  const memory = new api.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
  const { exports } = new api.Instance(module, { env: { memory } });
  return { exports: exports as Exports, buffer: memory.buffer as ArrayBufferLike, module, memory };
}

/** The first bytes of a memory belong to the compiled code's own constants. */
export const FIRST_ADDRESS = 1024;
