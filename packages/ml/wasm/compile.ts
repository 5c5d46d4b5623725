/**
 * Compiles the AssemblyScript sources of this folder into src/, as base64 in a TypeScript module, so that the package needs no
 * build step and no file access. Run after every change here: `node packages/ml/wasm/compile.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

export interface KernelSource {
  /** File of this folder. */
  readonly source: string;
  /** Generated file below src/. */
  readonly target: string;
  /** Its memory is shared by threads: for parallel-kernel.ts. */
  readonly shared?: boolean;
}

export const KERNELS: readonly KernelSource[] = [
  { source: 'boosting.ts', target: 'boosting/kernel.generated.ts' },
  { source: 'forest.ts', target: 'boosting/forest.generated.ts' },
  { source: 'dense-layers.ts', target: 'neural/dense-layers.generated.ts', shared: true },
  { source: 'hazards.ts', target: 'recommendation/hazard.generated.ts' },
  { source: 'k-means.ts', target: 'clustering/k-means.generated.ts', shared: true },
  { source: 'spanning-tree.ts', target: 'clustering/spanning-tree.generated.ts', shared: true },
  { source: 'merge-chain.ts', target: 'clustering/merge-chain.generated.ts', shared: true },
  { source: 'within-radius.ts', target: 'clustering/within-radius.generated.ts', shared: true },
  { source: 'distance-sums.ts', target: 'cluster-metrics/distance-sums.generated.ts', shared: true },
  { source: 'layout.ts', target: 'manifold/layout.generated.ts', shared: true },
  { source: 'neighbors.ts', target: 'neighbors/neighbors.generated.ts', shared: true },
  { source: 't-sne.ts', target: 'manifold/t-sne.generated.ts', shared: true },
  { source: 'tree-shap.ts', target: 'explanation/tree-shap.generated.ts' },
  { source: 'linear-algebra.ts', target: 'linear-algebra/kernel.generated.ts', shared: true },
  { source: 'mixture.ts', target: 'clustering/mixture.generated.ts', shared: true },
];

const here = fileURLToPath(new URL('.', import.meta.url));

/** The text of the generated module. */
export async function compileKernel({ source, shared }: KernelSource): Promise<string> {
  let binary: Uint8Array | undefined;
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--memoryBase', '16', '--enable', 'simd'];
  if (shared) options.push('--sharedMemory', '--maximumMemory', '65536', '--enable', 'threads');
  const { error, stderr } = await asc.main([source, ...options, '--outFile', 'kernel.wasm'], {
    // Sources may import one another.
    readFile: (name) => (existsSync(here + name) ? readFileSync(here + name, 'utf8') : null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`${source} does not compile: ${stderr.toString()}`);
  return `/** Compiled from wasm/${source} by wasm/compile.ts; do not edit. */\nexport const WASM_BASE64 =\n  '${Buffer.from(binary).toString('base64')}';\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const kernel of KERNELS) writeFileSync(`${here}../src/${kernel.target}`, await compileKernel(kernel));
}
