/** Words of the offers of each brand: what a brand without many customers is recognised by. */
import type { World } from './world.ts';

export interface BrandTokens {
  readonly offsets: Int32Array;
  readonly token: Int32Array;
  readonly count: number;
}

const SHORTEST = 3;
/** Brands that a word must be shared by; a word of one brand says nothing about another. */
const FEWEST_BRANDS = 2;
/** Share of the brands above which a word is a phrase of the trade, not a description. */
const LARGEST_SHARE = 0.3;

export function brandTokens(world: World): BrandTokens {
  const { brand, texts } = world.offers;
  const words = Array.from(world.brandIds, () => new Set<string>());
  texts.forEach((text, offer) => {
    if (brand[offer] < 0) return;
    for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu))
      if (word.length >= SHORTEST) words[brand[offer]].add(word);
  });
  const brands = new Map<string, number>();
  for (const own of words) for (const word of own) brands.set(word, (brands.get(word) ?? 0) + 1);
  const described = words.filter((own) => own.size > 0).length;
  const kept = [...brands]
    .filter(([, n]) => n >= FEWEST_BRANDS && n <= LARGEST_SHARE * described)
    .map(([word]) => word);
  const number = new Map(kept.sort().map((word, at) => [word, at]));
  const offsets = new Int32Array(words.length + 1);
  const token: number[] = [];
  words.forEach((own, b) => {
    for (const word of own) {
      const at = number.get(word);
      if (at !== undefined) token.push(at);
    }
    token.splice(offsets[b], token.length, ...token.slice(offsets[b]).sort((p, q) => p - q));
    offsets[b + 1] = token.length;
  });
  return { offsets, token: Int32Array.from(token), count: kept.length };
}
