import { useStore } from 'react-admin';
import { isObject } from '../create/draft.ts';

export const BANDS = ['green', 'yellow', 'red'] as const;
export type Band = (typeof BANDS)[number];

export interface RiskLook {
  readonly yellowFrom: number;
  readonly redFrom: number;
  readonly colors: Readonly<Record<Band, string>>;
}

const COLORS = { green: '#2e9e5b', yellow: '#e0a100', red: '#d13b3b' } as const;

export function bandOf(score: number, { yellowFrom, redFrom }: Pick<RiskLook, 'yellowFrom' | 'redFrom'>): Band {
  if (score >= redFrom) return 'red';
  return score >= yellowFrom ? 'yellow' : 'green';
}

interface Kept {
  readonly thresholds?: readonly [number, number];
  readonly colors?: Partial<Record<Band, string>>;
}

/** Thresholds and colours as whoever looks has set them in this browser; of the job where nobody has. */
export function useRiskLook(job: { readonly uuid: string; readonly parameters: unknown }) {
  const [colors, setColors] = useStore<NonNullable<Kept['colors']>>('clusterings.risk.colors', {});
  const [thresholds, setThresholds] = useStore<Kept['thresholds'] | null>(`clusterings.risk.${job.uuid}`, null);
  const risk = isObject(job.parameters) && isObject(job.parameters.risk) ? job.parameters.risk : {};
  const own = [numeric(risk.yellow_from, 0.5), numeric(risk.red_from, 0.75)] as const;
  const [yellowFrom, redFrom] = thresholds ?? own;
  return {
    look: { yellowFrom, redFrom, colors: { ...COLORS, ...colors } } satisfies RiskLook,
    changed: yellowFrom !== own[0] || redFrom !== own[1],
    setThresholds: (from: readonly [number, number]) => setThresholds(from),
    setColor: (band: Band, color: string) => setColors({ ...colors, [band]: color }),
    reset() {
      setThresholds(null);
      setColors({});
    },
  };
}

function numeric(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
