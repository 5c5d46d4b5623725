import { parseArgs } from 'node:util';
import { audiencesOf, readings, servedMap } from '../accept/session.ts';
import type { Command } from '../cli.ts';
import { Client, lookalikeReply, until } from '../client.ts';
import { commitAndWait, sendVersion } from '../stream.ts';
import { evaluate, summary } from '../world/evaluate.ts';
import { closedOffers } from '../world/truth.ts';
import { createVersion } from '../world/version.ts';
import { createWorld } from '../world/world.ts';
import { WORLD_OPTIONS, WORLD_USAGE, worldOptions } from './world-options.ts';

/** What `npm start -- --demo` runs: streams a version through the public REST API and shows a served audience. */
export const demoCommand: Command = {
  usage: `demo [--url http://127.0.0.1:8080] [--version demo] ${WORLD_USAGE}`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...WORLD_OPTIONS,
        url: { type: 'string', default: 'http://127.0.0.1:8080' },
        version: { type: 'string', default: 'demo' },
        token: { type: 'string' },
      },
    });
    const { config, catalog } = worldOptions(values);
    const client = new Client(values.url, { token: values.token ?? process.env.KINDRED_REST_TOKEN });
    try {
      await until(`${values.url}/ready`, 180_000, async () => (await client.get('/ready')).status === 200);
      const world = createWorld(config, catalog);
      console.log(
        `demo: generating ${world.config.users} clients, ${world.brands.count} brands, ${world.catalog.offers.length} offers`,
      );
      const data = createVersion(world, 0);
      const sent = await sendVersion(client, values.version, data, {
        seed: world.config.seed,
        progress: (line) => console.log(`demo: ${line}`),
      });
      data.dispose();
      console.log(
        `demo: ${sent.records} records in ${sent.seconds.toFixed(1)} s (${Math.round(sent.records / sent.seconds)} records/s); committing`,
      );
      const { seconds } = await commitAndWait(client, values.version);
      const { status, quality, drift } = await readings(client);
      console.log(
        `demo: idle after ${seconds.toFixed(1)} s; model ${status.model_version}, ${quality.checks_passed} of ${quality.checks_total} checks passed, drift ${drift.action_taken}`,
      );
      const evaluation = evaluate(world, 0, closedOffers(world, 0));
      const offers = evaluation.truths.map((entry) => entry.offer);
      const served = servedMap(evaluation, await audiencesOf(client, offers));
      const maps = summary(evaluation);
      console.log(
        `demo: MAP@100 over ${offers.length} offers that start after the data ends: served ${served.toFixed(3)} (informed ${maps.informed.toFixed(3)}, ` +
          `oracle ${maps.oracle.toFixed(3)}, activity ${maps.activity.toFixed(3)}, random ${maps.random.toFixed(3)})`,
      );
      const [offer] = offers;
      if (offer === undefined) return 0;
      const reply = lookalikeReply.parse((await client.lookalike(offer.merchantId, offer.id, 5)).json);
      console.log(`demo: offer ${offer.id} of merchant ${offer.merchantId}: "${offer.text}"`);
      for (const member of reply.audience)
        console.log(`demo:   client ${member.user_id}  score ${member.score.toFixed(4)}`);
      console.log(
        `demo: because ${reply.reasons.map((reason) => `${reason.feature} ${reason.impact >= 0 ? '+' : ''}${reason.impact.toFixed(3)}`).join(', ')}`,
      );
      console.log(
        `demo: try  curl -s ${values.url}/lookalike -H 'content-type: application/json' -d '{"merchant_id":${offer.merchantId},"offer_id":${offer.id},"top_n":10}'`,
      );
      return 0;
    } finally {
      client.close();
    }
  },
};
