import type { Reason, ScoredUser } from './lookalike-documents.ts';

export interface CommonMember {
  readonly userId: number;
  /** Places in both audiences, from 1, and the scores there. */
  readonly ranks: readonly [number, number];
  readonly scores: readonly [number, number];
}

export interface Overlap {
  /** Who is in both, best first by the better of the two places. */
  readonly common: readonly CommonMember[];
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Of all who are in either, the share that is in both. */
  readonly share: number;
}

export function overlapOf(first: readonly ScoredUser[], second: readonly ScoredUser[]): Overlap {
  const places = new Map(second.map((member, at) => [member.userId, { rank: at + 1, score: member.score }]));
  const common = first.flatMap(({ userId, score }, at): CommonMember[] => {
    const other = places.get(userId);
    return other ? [{ userId, ranks: [at + 1, other.rank], scores: [score, other.score] }] : [];
  });
  common.sort((a, b) => Math.min(...a.ranks) - Math.min(...b.ranks) || a.userId - b.userId);
  const onlyFirst = first.length - common.length;
  const onlySecond = second.length - common.length;
  const all = common.length + onlyFirst + onlySecond;
  return { common, onlyFirst, onlySecond, share: all === 0 ? 0 : common.length / all };
}

export interface ReasonPair {
  readonly feature: string;
  readonly first: number;
  readonly second: number;
}

/** Reasons of both, by how far they are apart; one that only one of them lists counts nothing for the other. */
export function reasonPairs(first: readonly Reason[], second: readonly Reason[]): readonly ReasonPair[] {
  const pairs = new Map<string, { feature: string; first: number; second: number }>();
  const pairOf = (feature: string) => {
    const pair = pairs.get(feature) ?? { feature, first: 0, second: 0 };
    pairs.set(feature, pair);
    return pair;
  };
  for (const { feature, impact } of first) pairOf(feature).first = impact;
  for (const { feature, impact } of second) pairOf(feature).second = impact;
  return [...pairs.values()].sort((a, b) => Math.abs(b.first - b.second) - Math.abs(a.first - a.second));
}
