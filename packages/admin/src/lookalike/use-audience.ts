import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Failure, succeeded } from '../graphql/failure.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { type Audience, AudienceOf } from './lookalike-documents.ts';
import type { OfferKey } from './offer-address.ts';

/** The audience of one offer; while another size is fetched, the one before stays. */
export function useAudience({ merchantId, offerId }: OfferKey, topN: number) {
  const ask = useAsk();
  return useQuery<Audience, Failure>({
    queryKey: ['lookalike', 'audience', merchantId, offerId, topN],
    queryFn: async ({ signal }) =>
      succeeded((await ask(AudienceOf, { merchantId, offerId, topN }, { signal })).audience) as Audience,
    placeholderData: (previous, query) => (query?.queryKey[3] === offerId ? keepPreviousData(previous) : undefined),
  });
}
