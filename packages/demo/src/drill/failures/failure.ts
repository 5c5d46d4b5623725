import type { MetricsPage } from './metrics-watch.ts';
import type { LogLine, ServiceProcess } from './service-process.ts';
import type { Stack } from './stack.ts';

/** One thing that goes wrong, and how an operator sees it. */
export interface Failure {
  readonly name: string;
  /** Why it cannot be tried on this stack. */
  readonly skipped?: (stack: Stack) => string | undefined;
  /**
   * Lets it go wrong and mends it, as the world would: resolves when it is over.
   *
   * @param runner the worker that runs the present job, where one does.
   * @throws Error where something else than the failure itself was wrong.
   */
  readonly strike: (stack: Stack, runner: ServiceProcess) => Promise<void>;
  /** A line of a process that tells of it; pages of `/metrics` that do, of the time since shortly before it. */
  readonly inLog: (line: LogLine) => boolean;
  readonly inMetrics: (pages: readonly MetricsPage[]) => boolean;
}

export const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Of a server that the services watch. */
export const awayInLog =
  (dependency: string) =>
  (line: LogLine): boolean =>
    line.code === 'DEPENDENCY_DOWN' && line.dependency === dependency;

export const onAPage =
  (pattern: RegExp) =>
  (pages: readonly MetricsPage[]): boolean =>
    pages.some(({ text }) => pattern.test(text));

export const awayInMetrics = (dependency: string): Failure['inMetrics'] =>
  onAPage(new RegExp(`^kindred_dependency_up\\{dependency="${dependency}"\\} 0$`, 'm'));
