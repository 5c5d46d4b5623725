import type { Client } from '../client.ts';
import { eachOf } from '../client.ts';
import { quantile } from '../quantile.ts';

export interface Latency {
  readonly requests: number;
  readonly failures: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly perSecond: number;
}

interface OfferRef {
  readonly id: number;
  readonly merchantId: number;
}

/** Asks for audiences (top 100) from so many clients at once, each asking again `pauseMs` after its answer. */
export async function measure(
  client: Client,
  offers: readonly OfferRef[],
  clients: number,
  requests: number,
  stop?: () => boolean,
  pauseMs = 0,
): Promise<Latency> {
  const times: number[] = [];
  let failures = 0;
  const started = performance.now();
  await eachOf(
    Array.from({ length: requests }, (_, i) => i),
    clients,
    async (i) => {
      if (stop?.()) return;
      const offer = offers[i % offers.length] as OfferRef;
      const reply = await client.lookalike(offer.merchantId, offer.id, 100);
      if (reply.status !== 200) failures++;
      times.push(reply.ms);
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    },
  );
  const seconds = (performance.now() - started) / 1000;
  return {
    requests: times.length,
    failures,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    perSecond: times.length / seconds,
  };
}

export function latencyLine(name: string, latency: Latency): string {
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(9);
  return (
    `${name.padEnd(34)} p50 ${ms(latency.p50)}  p95 ${ms(latency.p95)}  p99 ${ms(latency.p99)}  ` +
    `${Math.round(latency.perSecond)} requests/s of ${latency.requests}${latency.failures > 0 ? `  ${latency.failures} FAILED` : ''}`
  );
}

/** A line that sets a figure against the one to beat and the aim. */
export function against(
  name: string,
  value: number,
  unit: string,
  toBeat: number,
  aim: number,
  higherIsBetter: boolean,
): string {
  const ahead = higherIsBetter ? value > toBeat : value < toBeat;
  const reached = higherIsBetter ? value >= aim : value <= aim;
  const round = (x: number): string => (x >= 100 ? Math.round(x).toLocaleString('en') : x.toFixed(x < 2 ? 3 : 1));
  return `${name.padEnd(34)} ${round(value)} ${unit}  to beat ${round(toBeat)} (${ahead ? 'ahead' : 'BEHIND'}), aim ${round(aim)} (${reached ? 'reached' : 'not reached'})`;
}
