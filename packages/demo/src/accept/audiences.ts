import { lookalikeReply } from '../client.ts';
import { clientIndex } from '../world/clients.ts';
import { mean } from '../world/rankers.ts';
import type { CheckId } from './checklist.ts';
import type { Outcome } from './series.ts';
import type { Session } from './session.ts';
import { overlap } from './session.ts';

const LEVELS: readonly (readonly [CheckId, number])[] = [
  ['2.6', 0.15],
  ['2.7', 0.2],
  ['2.8', 0.25],
  ['2.9', 0.3],
  ['2.10', 0.35],
  ['2.11', 0.4],
  ['2.12', 0.45],
  ['2.13', 0.5],
  ['2.14', 0.55],
  ['2.15', 0.6],
];
/** The share of the informed ranker's MAP that is asked of the service. */
const INFORMED_SHARE = 0.9;
/**
 * The same with a given catalog. It has thousands of brands, of which each gets a few dozen of a small world's purchases: the
 * informed ranker knows what the brands are, which can only be half learnt from so little.
 */
const INFORMED_SHARE_GIVEN = 0.8;

/** Block 2 but for the counterfactual check. */
export async function checkAudiences(session: Session, base: Outcome): Promise<void> {
  const { client, verdicts } = session;
  for (const [place, entry] of base.evaluation.truths.entries()) {
    const { offer } = entry;
    const topN = [1, 7, 100, 1000][place % 4] as number;
    const reply = await client.lookalike(offer.merchantId, offer.id, topN);
    verdicts.check('2.1', reply.status === 200, `offer ${offer.id}: ${reply.status} ${reply.text.slice(0, 200)}`);
    const parsed = lookalikeReply.safeParse(reply.json);
    verdicts.check('2.2', parsed.success, `offer ${offer.id}: ${parsed.success ? '' : parsed.error.message}`);
    if (!parsed.success) continue;
    const { audience, audience_size } = parsed.data;
    verdicts.check(
      '2.2',
      parsed.data.offer_id === offer.id && parsed.data.merchant_id === offer.merchantId,
      `offer ${offer.id}: other ids in the answer`,
    );
    verdicts.check(
      '2.2',
      audience.every((member, i) => i === 0 || (audience[i - 1]?.score ?? 1) >= member.score),
      `offer ${offer.id}: scores do not fall`,
    );
    verdicts.check(
      '2.2',
      new Set(audience.map((member) => member.user_id)).size === audience.length,
      `offer ${offer.id}: a client occurs twice`,
    );
    if (topN >= 7)
      verdicts.check(
        '2.2',
        new Set(audience.map((member) => member.score)).size > audience.length / 4,
        `offer ${offer.id}: hardly any different scores`,
      );
    const customers = base.evaluation.known[place];
    const inside = audience.filter((member) => customers?.has(clientIndex(member.user_id)));
    verdicts.check(
      '2.3',
      inside.length === 0,
      `offer ${offer.id}: ${inside.length} current customers, such as ${inside[0]?.user_id}`,
    );
    verdicts.check(
      '2.4',
      audience_size <= topN && audience_size === audience.length,
      `offer ${offer.id}: ${audience_size} of ${topN}, ${audience.length} listed`,
    );
  }
  const all = [...base.evaluation.truths.keys()].map((i) => base.evaluation.truths[i]?.offer.id ?? 0);
  const { informed, random } = base.worldMaps;
  const share = session.given ? INFORMED_SHARE_GIVEN : INFORMED_SHARE;
  verdicts.check(
    '2.6',
    base.served > 2 * random,
    `served ${base.served.toFixed(3)}, random ${random.toFixed(3)} over ${all.length} offers`,
  );
  for (const [id, level] of LEVELS) {
    // Where even the informed ranker stays near a level, this world does not allow it: its share of informed decides.
    const allowed = informed * share > level;
    const passed = allowed ? base.served > level : base.served >= share * informed;
    verdicts.check(
      id,
      passed,
      `served ${base.served.toFixed(3)}, informed ${informed.toFixed(3)}${allowed ? '' : ` (level out of reach: ${share} of informed is asked)`}`,
    );
  }
}

/** How far offers differ in their reasons and audiences: mean share of common members and of common top reasons. */
export function offersDiffer(
  outcome: Outcome,
  audiences = outcome.audiencesAfter,
): { members: number; reasons: number } {
  const replies = [...audiences.values()];
  const members: number[] = [];
  const reasons: number[] = [];
  for (let i = 1; i < replies.length; i++) {
    const [left, right] = [replies[i - 1], replies[i]];
    if (!left || !right) continue;
    members.push(overlap(left, right));
    const names = new Set(left.reasons.slice(0, 5).map((reason) => `${reason.feature}:${Math.sign(reason.impact)}`));
    reasons.push(
      right.reasons.slice(0, 5).filter((reason) => names.has(`${reason.feature}:${Math.sign(reason.impact)}`)).length /
        5,
    );
  }
  return { members: mean(members), reasons: mean(reasons) };
}
