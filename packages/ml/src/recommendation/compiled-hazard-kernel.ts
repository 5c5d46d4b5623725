import { instantiate } from '../wasm-module.ts';
import { WASM_BASE64 } from './hazard.generated.ts';
import type { HazardKernel } from './hazard-kernel.ts';
import { scriptedHazardKernel } from './scripted-hazard-kernel.ts';

/** Kernels over `bytes` bytes of zeroed memory: compiled where possible, otherwise in TypeScript; the results are the same. */
export function createHazardKernel(bytes: number): HazardKernel {
  const instance = instantiate<Omit<HazardKernel, 'buffer'>>(WASM_BASE64, bytes);
  return instance ? { ...instance.exports, buffer: instance.buffer } : scriptedHazardKernel(bytes);
}
