import { jsonRoute } from '../route.ts';
import { ERROR_FIELDS } from '../run-document.ts';
import { AUDIENCE_FIELDS, type AudienceColumns, audienceBody, audienceJson, audienceRequest } from './audience-json.ts';

export const lookalike = jsonRoute({
  id: 'audience',
  method: 'post',
  path: '/lookalike',
  tag: 'look-alike',
  summary: 'Likely new customers for an offer, with reasons',
  description: 'Current customers of the brand are never among them. The same model and data give the same bytes.',
  repeatable: true,
  bodyLimit: 64 * 1024,
  request: audienceRequest,
  response: audienceBody,
  errors: {
    400: 'a field is missing or wrong',
    404: "the offer or the merchant is unknown, or the offer is not the merchant's",
    503: 'no model serves yet',
  },
  example: { merchant_id: 75, offer_id: 42, top_n: 100 },
  document: `query Audience($merchantId: SafeInt!, $offerId: SafeInt!, $topN: Int!) {
    audience(merchantId: $merchantId, offerId: $offerId, topN: $topN) { ${AUDIENCE_FIELDS} ${ERROR_FIELDS} }
  }`,
  async handle(run, { merchant_id: merchantId, offer_id: offerId, top_n: topN }) {
    return { text: audienceJson((await run({ merchantId, offerId, topN })) as AudienceColumns) };
  },
});
