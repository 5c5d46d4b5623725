import { instantiate } from '../wasm-module.ts';
import { WASM_BASE64 } from './kernel.generated.ts';
import type { Kernel } from './kernel.ts';
import { scriptedKernel } from './scripted-kernel.ts';

/** Kernels over `bytes` bytes of zeroed memory: compiled where possible, otherwise in TypeScript; the results are the same. */
export function createKernel(bytes: number): Kernel {
  const instance = instantiate<Omit<Kernel, 'buffer'>>(WASM_BASE64, bytes);
  return instance ? { ...instance.exports, buffer: instance.buffer } : scriptedKernel(bytes);
}
