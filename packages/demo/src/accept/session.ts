import type { z } from 'zod';
import type { Client, LookalikeReply, StatusReply } from '../client.ts';
import { driftReply, eachOf, experimentsReply, lookalikeReply, modelReply, qualityReply } from '../client.ts';
import { clientIndex } from '../world/clients.ts';
import type { Evaluation } from '../world/evaluate.ts';
import { averagePrecision, mean } from '../world/rankers.ts';
import type { World } from '../world/world.ts';
import type { Verdicts } from './verdicts.ts';

/** What one acceptance run works with. */
export interface Session {
  readonly client: Client;
  readonly world: World;
  readonly verdicts: Verdicts;
  readonly seed: number;
  say(line: string): void;
  /** Whether the catalog was given, not generated. */
  readonly given: boolean;
}

/** What the monitoring calls say at one moment. */
export interface Readings {
  readonly status: StatusReply;
  readonly drift: z.infer<typeof driftReply>;
  readonly driftText: string;
  readonly quality: z.infer<typeof qualityReply>;
  readonly qualityText: string;
  readonly model: z.infer<typeof modelReply>;
  readonly experiments: z.infer<typeof experimentsReply>['experiments'];
}

export async function readings(client: Client): Promise<Readings> {
  const [status, drift, quality, model, experiments] = await Promise.all([
    client.status(),
    client.get('/monitoring/drift'),
    client.get('/monitoring/data-quality'),
    client.get('/model/info'),
    client.get('/experiments'),
  ]);
  return {
    status,
    drift: driftReply.parse(drift.json),
    driftText: drift.text,
    quality: qualityReply.parse(quality.json),
    qualityText: quality.text,
    model: modelReply.parse(model.json),
    experiments: experimentsReply.parse(experiments.json).experiments,
  };
}

/** Audiences by offer id. */
export type Audiences = ReadonlyMap<number, LookalikeReply>;

/** Asks for the audiences of offers, some at once. Throws Error where one is refused. */
export async function audiencesOf(
  client: Client,
  offers: readonly { id: number; merchantId: number }[],
  topN = 100,
): Promise<Audiences> {
  const out = new Map<number, LookalikeReply>();
  await eachOf(offers, 4, async ({ id, merchantId }) => {
    const reply = await client.lookalike(merchantId, id, topN);
    if (reply.status !== 200) throw new Error(`/lookalike of offer ${id}: ${reply.status} ${reply.text.slice(0, 200)}`);
    out.set(id, lookalikeReply.parse(reply.json));
  });
  return out;
}

/** MAP@100 of served audiences against the truth; `only` limits it to some offers. */
export function servedMap(evaluation: Evaluation, audiences: Audiences): number {
  const values: number[] = [];
  for (const entry of evaluation.truths) {
    const audience = audiences.get(entry.offer.id);
    if (!audience) continue;
    const ranked = audience.audience.map((member) => clientIndex(member.user_id));
    values.push(averagePrecision(ranked, new Set(entry.positives)));
  }
  return mean(values);
}

/** Share of the members that two audiences have in common. */
export function overlap(left: LookalikeReply, right: LookalikeReply): number {
  const members = new Set(left.audience.map((member) => member.user_id));
  const shared = right.audience.filter((member) => members.has(member.user_id)).length;
  return shared / Math.max(1, Math.min(left.audience.length, right.audience.length));
}
