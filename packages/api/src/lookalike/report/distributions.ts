/** Shares of a version and of its reference side by side, label by label. */
import { DRIFT_FEATURES } from '../drift/features.ts';
import type { Profile } from './report-sources.ts';

export interface Distribution {
  readonly name: string;
  /** In an order that labels have by nature, or by falling share. */
  readonly bars: readonly { readonly label: string; readonly reference: number | null; readonly current: number }[];
}

/** More bars than this say nothing to the eye; the rest is one bar. */
const MOST_BARS = 12;
const REST = 'all others';

const NAMES = [
  ...new Set(
    Object.values(DRIFT_FEATURES).flatMap((feature) => ('distribution' in feature ? [feature.distribution] : [])),
  ),
];

/** The longest window, or the only one: the best known. */
function sharesOf(profile: Profile | undefined, name: string): Map<string, number> | undefined {
  const mix = profile?.mixes[name];
  if (!mix) return undefined;
  const windows = Object.keys(mix.windows).sort((a, b) => Number(b) - Number(a));
  const shares = mix.windows[windows[0] ?? '']?.shares;
  return shares && new Map(mix.labels.map((label, index) => [label, shares[index] ?? 0]));
}

export function distributions(current: Profile | undefined, reference: Profile | undefined): Distribution[] {
  return NAMES.flatMap((name): Distribution[] => {
    const now = sharesOf(current, name);
    if (!now) return [];
    const before = sharesOf(reference, name);
    const labels = [...new Set([...now.keys(), ...(before?.keys() ?? [])])];
    const ordered = labels.every((label) => Number.isFinite(Number(label))) && name.endsWith('_levels');
    const size = (label: string) => Math.max(now.get(label) ?? 0, before?.get(label) ?? 0);
    labels.sort(ordered ? (a, b) => Number(a) - Number(b) : (a, b) => size(b) - size(a) || (a < b ? -1 : 1));
    // Levels are sums of steps and carry the noise of binary fractions: 0.6499999999999999.
    const readable = (label: string) => (ordered ? String(Number(Number(label).toPrecision(6))) : label);
    const bar = (label: string, members: readonly string[]) => ({
      label,
      reference: before ? members.reduce((sum, member) => sum + (before.get(member) ?? 0), 0) : null,
      current: members.reduce((sum, member) => sum + (now.get(member) ?? 0), 0),
    });
    const shown = labels.length > MOST_BARS ? labels.slice(0, MOST_BARS - 1) : labels;
    const rest = labels.slice(shown.length);
    const restLabel = ordered ? `${readable(rest[0])} and more` : REST;
    return [
      {
        name,
        bars: [...shown.map((label) => bar(readable(label), [label])), ...(rest.length ? [bar(restLabel, rest)] : [])],
      },
    ];
  });
}
