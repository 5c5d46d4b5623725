import type { Core } from '@kindred/api/core.ts';
import { freeBytes } from '@kindred/api/dependencies/dependencies.ts';
import { Counter, Gauge, type Registry } from 'prom-client';
import { whileKnown } from './while-known.ts';

/** What this process stands on, as it sees it. */
export function addDependencyMetrics(registry: Registry, { dependencies, config }: Core): void {
  const registers = [registry];
  const labelNames = ['dependency'] as const;
  new Gauge({
    name: 'kindred_dependency_up',
    help: '1 while it answers, 0 while it is away; of the disk, 0 when it is full.',
    labelNames,
    registers,
    collect() {
      for (const [dependency, { up }] of dependencies.states) this.set({ dependency }, up ? 1 : 0);
    },
  });
  new Counter({
    name: 'kindred_dependency_outages_total',
    help: 'How often it went away since the start.',
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const [dependency, { outages }] of dependencies.states) this.inc({ dependency }, outages);
    },
  });
  new Gauge({
    name: 'kindred_disk_free_bytes',
    help: 'Free on the disk of KINDRED_DATA.',
    registers,
    collect() {
      return whileKnown(
        async () => this.set(await freeBytes(config.dataDir)),
        () => this.remove(),
      );
    },
  });
}
