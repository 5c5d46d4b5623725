import type { Services } from '@kindred/api/graphql/context.ts';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What a process that serves has received, and whether it has a model. */
export function addServingMetrics(registry: Registry, { receiver, lookalike }: Services): void {
  const registers = [registry];
  for (const key of ['batches', 'records', 'bytes'] as const) {
    new Counter({
      name: `kindred_received_${key}_total`,
      help: `Received and stored since the start: ${key}.`,
      registers,
      collect() {
        this.reset();
        this.inc(receiver.totals[key]);
      },
    });
  }
  new Gauge({
    name: 'kindred_ready',
    help: '1 when audiences can be asked for.',
    registers,
    collect() {
      this.set(lookalike.server.generation === undefined ? 0 : 1);
    },
  });
}
