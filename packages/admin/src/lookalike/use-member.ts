import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Failure, succeeded } from '../graphql/failure.ts';
import { useAsk } from '../graphql/use-ask.tsx';
import { type ExplainedMember, MemberOf } from './lookalike-documents.ts';
import type { OfferKey } from './offer-address.ts';

/** One client's score for one offer, as things are or with attributes changed. */
export function useMember(
  { merchantId, offerId }: OfferKey,
  userId: number,
  changes: Readonly<Record<string, string>>,
) {
  const ask = useAsk();
  const list = Object.entries(changes).map(([attribute, value]) => ({ attribute, value }));
  return useQuery<ExplainedMember, Failure>({
    queryKey: ['lookalike', 'member', merchantId, offerId, userId, list],
    queryFn: async ({ signal }) => {
      const { audienceMember } = await ask(MemberOf, { merchantId, offerId, userId, changes: list }, { signal });
      return succeeded(audienceMember) as ExplainedMember;
    },
    placeholderData: keepPreviousData,
  });
}
