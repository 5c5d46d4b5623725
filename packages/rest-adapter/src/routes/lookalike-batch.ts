import { z } from 'zod';
import { errorBody } from '../contract.ts';
import { jsonRoute } from '../route.ts';
import { asThrown, type UnionError } from '../run-document.ts';
import {
  AUDIENCE_FIELDS,
  type AudienceColumns,
  type AudienceRequest,
  audienceBody,
  audienceJson,
  audienceRequest,
} from './audience-json.ts';

type Failure = Pick<UnionError, 'code' | 'message'>;

/** A thousand audiences of a thousand members are some 40 MB of answer: enough for one call. */
const MOST_REQUESTS = 1000;

export const lookalikeBatch = jsonRoute({
  id: 'audiences',
  method: 'post',
  path: '/lookalike/batch',
  tag: 'look-alike',
  summary: 'Audiences for several offers',
  description: 'Each result equals what the single call answers; an unknown offer becomes an element with an error.',
  repeatable: true,
  bodyLimit: 1024 * 1024,
  request: z.object({ requests: z.array(audienceRequest).min(1).max(MOST_REQUESTS) }).meta({ id: 'AudienceRequests' }),
  response: z
    .object({
      results: z.array(
        z.union([audienceBody, z.object({ merchant_id: z.int(), offer_id: z.int(), error: errorBody.shape.error })]),
      ),
    })
    .meta({ id: 'Audiences' }),
  errors: { 400: 'a field is missing or wrong', 503: 'no model serves yet' },
  example: { requests: [{ merchant_id: 75, offer_id: 42, top_n: 50 }] },
  document: `query Audiences($requests: [AudienceInput!]!) {
    audiences(requests: $requests) { ${AUDIENCE_FIELDS} ... on AudienceFailure { __typename code message } }
  }`,
  async handle(run, { requests }) {
    const variables = requests.map(({ merchant_id, offer_id, top_n }) => ({
      merchantId: merchant_id,
      offerId: offer_id,
      topN: top_n,
    }));
    const results = (await run({ requests: variables })) as (AudienceColumns | Failure)[];
    const texts = results.map((result, i) =>
      'code' in result ? errorJson(requests[i], result) : audienceJson(result),
    );
    return { text: `{"results":[${texts.join(',')}]}` };
  },
});

function errorJson(request: AudienceRequest, failure: Failure): string {
  const error = asThrown(failure);
  return JSON.stringify({ merchant_id: request.merchant_id, offer_id: request.offer_id, ...error.body() });
}
