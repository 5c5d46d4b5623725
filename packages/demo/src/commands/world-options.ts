import type { SizeName, WorldConfig } from '../world/config.ts';
import { SIZES } from '../world/config.ts';
import { REAL_CALENDAR, realCatalog, realCatalogFolder } from '../world/real-catalog.ts';
import type { GivenCatalog } from '../world/world.ts';
import { oneOf, wholeNumber } from './options.ts';

/** Options that every command which builds a world takes. */
export const WORLD_OPTIONS = {
  seed: { type: 'string' },
  size: { type: 'string', default: 'small' },
  users: { type: 'string' },
  steps: { type: 'string' },
  mode: { type: 'string' },
  'step-days': { type: 'string' },
  'real-catalog': { type: 'boolean', default: false },
} as const;

export const WORLD_USAGE =
  '[--seed N] [--size tiny|small|full] [--users N] [--steps base,same,...] [--mode extend|rewrite] [--step-days N] [--real-catalog]';

interface Given {
  readonly seed?: string | undefined;
  readonly size: string;
  readonly users?: string | undefined;
  readonly steps?: string | undefined;
  readonly mode?: string | undefined;
  readonly 'step-days'?: string | undefined;
  readonly 'real-catalog': boolean;
}

const SIZE_NAMES = Object.keys(SIZES) as SizeName[];
const MODES = ['extend', 'rewrite'] as const;

/** The world's settings from the command line; steps are separated by blanks or semicolons, or by commas where no step needs one. */
export function worldOptions(given: Given): { config: Partial<WorldConfig>; catalog: GivenCatalog | undefined } {
  const folder = given['real-catalog'] ? realCatalogFolder() : null;
  if (given['real-catalog'] && folder === null)
    throw new Error('the real catalog is not here; set KINDRED_SHARED to the shared folder');
  const separator = given.steps !== undefined && /[; ]/.test(given.steps) ? /[; ]+/ : ',';
  const config: Partial<WorldConfig> = {
    ...SIZES[oneOf('size', given.size, SIZE_NAMES)],
    ...(folder === null ? {} : REAL_CALENDAR),
    ...(given.seed === undefined ? {} : { seed: wholeNumber('seed', given.seed, 0) }),
    ...(given.users === undefined ? {} : { users: wholeNumber('users', given.users, 1) }),
    ...(given.steps === undefined ? {} : { steps: given.steps.split(separator) }),
    ...(given.mode === undefined ? {} : { lawMode: oneOf('mode', given.mode, MODES) }),
    ...(given['step-days'] === undefined ? {} : { stepDays: wholeNumber('step-days', given['step-days'], 0) }),
  };
  return { config, catalog: folder === null ? undefined : realCatalog(folder) };
}
