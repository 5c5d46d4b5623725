import type { DriftKind, Law } from './law.ts';
import { BASE_LAW, DEFAULT_STRENGTH, DRIFT_KINDS, drifted } from './law.ts';

/**
 * One version of a series. Specs: `base`, `same`, `same+new-offers`, `same+new-entities`, `drift:<kind>[=strength]`
 * (several joined by `,`), `corrupt:<name>`. A corrupt version holds the data of a `same` step, damaged.
 */
export interface Step {
  readonly spec: string;
  readonly drifts: readonly { readonly kind: DriftKind; readonly strength: number }[];
  readonly corruption: string | null;
  readonly newEntities: boolean;
  /** The law in force after the step. */
  readonly law: Law;
}

function isDriftKind(text: string): text is DriftKind {
  return (DRIFT_KINDS as readonly string[]).includes(text);
}

function parseDrifts(list: string): Step['drifts'] {
  return list.split(',').map((item) => {
    const [kind = '', strength] = item.split('=');
    if (!isDriftKind(kind)) throw new RangeError(`unknown drift ${kind}; known: ${DRIFT_KINDS.join(', ')}`);
    const size = strength === undefined ? DEFAULT_STRENGTH[kind] : Number(strength);
    if (!Number.isFinite(size)) throw new RangeError(`not a drift strength: ${strength}`);
    return { kind, strength: size };
  });
}

/** Reads a series of steps; each one's law follows from those before. Throws RangeError for a spec that means nothing. */
export function parseSteps(specs: readonly string[]): Step[] {
  let law = BASE_LAW;
  return specs.map((spec) => {
    const [head = '', ...extras] = spec.split('+');
    const drifts = head.startsWith('drift:') ? parseDrifts(head.slice(6)) : [];
    const corruption = head.startsWith('corrupt:') ? head.slice(8) : null;
    if (drifts.length === 0 && corruption === null && head !== 'base' && head !== 'same') {
      throw new RangeError(`unknown step ${spec}`);
    }
    for (const { kind, strength } of drifts) law = drifted(law, kind, strength);
    return { spec, drifts, corruption, newEntities: extras.includes('new-entities'), law };
  });
}
