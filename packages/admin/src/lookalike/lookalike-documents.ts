import { graphql, type Result } from '../graphql/graphql.ts';

export const OfferRow = graphql(`fragment OfferRow on Offer { merchantId offerId startDate endDate text }`);
export type Offer = Result<typeof OfferRow>;

export const ServedNow = graphql(`query ServedNow { serviceStatus { ready modelVersion dataVersion } }`);

export const OfferSearch = graphql(
  `query OfferSearch($text: String, $merchantId: SafeInt, $first: Int, $after: String) {
    offers(text: $text, merchantId: $merchantId, first: $first, after: $after) {
      nodes { ...OfferRow }
      pageInfo { endCursor hasNextPage }
    }
  }`,
  [OfferRow],
);

export const AudienceOf = graphql(`
  query AudienceOf($merchantId: SafeInt!, $offerId: SafeInt!, $topN: Int!) {
    audience(merchantId: $merchantId, offerId: $offerId, topN: $topN) {
      __typename
      ... on Audience { modelVersion dataVersion members { userId score } reasons { feature impact } }
      ... on DomainError { code message details }
    }
  }
`);

export const TwoAudiences = graphql(`
  query TwoAudiences($requests: [AudienceInput!]!) {
    audiences(requests: $requests) {
      __typename
      ... on Audience {
        merchantId offerId modelVersion dataVersion members { userId score } reasons { feature impact }
      }
      ... on AudienceFailure { code message }
    }
  }
`);

export const MemberOf = graphql(`
  query MemberOf($merchantId: SafeInt!, $offerId: SafeInt!, $userId: SafeInt!, $changes: [ProfileChange!]) {
    audienceMember(merchantId: $merchantId, offerId: $offerId, userId: $userId, changes: $changes) {
      __typename
      ... on ExplainedMember {
        userId modelVersion dataVersion customer score rawScore baseValue threshold
        contributions { feature impact }
        counterfactual { attribute from to score }
        attributes { name value values }
      }
      ... on DomainError { code message details }
    }
  }
`);

export type ExplainedMember = Extract<
  Result<typeof MemberOf>['audienceMember'],
  { readonly __typename: 'ExplainedMember' }
>;
export type Audience = Extract<Result<typeof AudienceOf>['audience'], { readonly __typename: 'Audience' }>;
export type Reason = Audience['reasons'][number];
export type ScoredUser = Audience['members'][number];
