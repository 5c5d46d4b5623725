import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Failure } from '../graphql/failure.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { type Offer, OfferSearch } from './lookalike-documents.ts';
import type { OfferKey } from './offer-address.ts';

const PAGE = 20;
/** A pause in typing after which the server is asked. */
const PAUSE_MS = 250;

/** Offers that match a text, page after page. */
export function useOffers(text: string) {
  const ask = useAsk();
  const wanted = useSettled(text.trim(), PAUSE_MS);
  const { data, ...query } = useInfiniteQuery({
    queryKey: ['lookalike', 'offers', wanted],
    queryFn: async ({ pageParam, signal }) =>
      (await ask(OfferSearch, { text: wanted, first: PAGE, after: pageParam }, { signal })).offers,
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
    placeholderData: keepPreviousData,
  });
  return { ...query, offers: data?.pages.flatMap(({ nodes }) => nodes) ?? [] };
}

/** What the catalog says of one offer; null where it does not have it. */
export function useOffer({ merchantId, offerId }: OfferKey) {
  const ask = useAsk();
  return useQuery<Offer | null, Failure>({
    queryKey: ['lookalike', 'offer', merchantId, offerId],
    queryFn: async ({ signal }) => {
      const { offers } = await ask(OfferSearch, { merchantId, text: String(offerId), first: 100 }, { signal });
      return offers.nodes.find((offer) => offer.offerId === offerId) ?? null;
    },
  });
}

/** The value once it has stayed the same for a while. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
