import { KERNEL_BASE64 } from './kernel.generated.ts';
import type { Kernel } from './kernel.ts';
import { scriptedKernel } from './scripted-kernel.ts';

/** The part of WebAssembly's interface in use here; the language's own library does not declare it. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: Omit<Kernel, 'buffer'> };
}

const PAGE = 65536;
/** Largest memory that WebAssembly can address. */
const MOST_PAGES = 65536;

const api = (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly;

let compiled: object | null | undefined;

/** The compiled module, or null where this runtime has no WebAssembly with SIMD. */
function compiledModule(): object | null {
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0));
    compiled = api?.validate(bytes) ? new api.Module(bytes) : null;
  }
  return compiled;
}

/** Kernels over `bytes` bytes of zeroed memory: compiled where possible, otherwise in TypeScript; the results are the same. */
export function createKernel(bytes: number): Kernel {
  const module = compiledModule();
  const pages = Math.ceil(bytes / PAGE);
  if (!api || !module || pages > MOST_PAGES) return scriptedKernel(bytes);
  const memory = new api.Memory({ initial: pages });
  const { exports } = new api.Instance(module, { env: { memory } });
  return { ...exports, buffer: memory.buffer };
}
