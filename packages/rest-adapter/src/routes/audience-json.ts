import { z } from 'zod';
import { positiveInt } from '../contract.ts';

export const audienceRequest = z
  .object({ merchant_id: positiveInt, offer_id: positiveInt, top_n: z.int().min(1).max(1000) })
  .meta({ id: 'AudienceRequest' });

export type AudienceRequest = z.infer<typeof audienceRequest>;

export const audienceBody = z
  .object({
    merchant_id: positiveInt,
    offer_id: positiveInt,
    audience: z
      .array(z.object({ user_id: z.int(), score: z.number().min(0).max(1) }))
      .meta({ description: 'Likely new customers of the brand, best first.' }),
    audience_size: z.int().min(0),
    model_version: z.string().meta({ example: '1.0' }),
    data_version: z.string().meta({ example: 'v1' }),
    reasons: z
      .array(z.object({ feature: z.string(), impact: z.number() }))
      .meta({ description: 'What moved the scores of this audience, strongest first.' }),
  })
  .meta({ id: 'Audience' });

/** Columns rather than members: two flat lists are resolved several times faster than a thousand objects. */
export interface AudienceColumns {
  readonly merchantId: number;
  readonly offerId: number;
  readonly modelVersion: string;
  readonly dataVersion: string;
  readonly userIds: readonly number[];
  readonly scores: readonly number[];
  readonly reasons: readonly { readonly feature: string; readonly impact: number }[];
}

export const AUDIENCE_FIELDS =
  '... on Audience { merchantId offerId modelVersion dataVersion userIds scores reasons { feature impact } }';

/** The JSON of an audience, written by hand: it is most of the answer's cost. */
export function audienceJson(audience: AudienceColumns): string {
  const { userIds, scores } = audience;
  const members = userIds.map((userId, i) => `{"user_id":${userId},"score":${scores[i]}}`).join(',');
  return (
    `{"merchant_id":${audience.merchantId},"offer_id":${audience.offerId},"audience":[${members}],` +
    `"audience_size":${userIds.length},"model_version":${JSON.stringify(audience.modelVersion)},` +
    `"data_version":${JSON.stringify(audience.dataVersion)},"reasons":${JSON.stringify(audience.reasons)}}`
  );
}
