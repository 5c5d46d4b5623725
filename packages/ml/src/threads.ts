/**
 * The port to threads. This package starts none itself: whoever calls it may hand in a team that runs compiled code over shared
 * memory on several cores. Results never depend on it, only the time does.
 */
export interface Threads {
  /** How many run at once, the caller's own included; 1 where there is no other. */
  readonly count: number;
  /** Readies every thread for a module over a (shared) memory that it imports as env.memory. */
  join(module: object, memory: { readonly buffer: ArrayBufferLike }): Team;
}

export interface Team {
  /**
   * Runs one exported function once for each list of arguments (numbers; at most eight), on whichever thread is free, and returns when all have
   * ended. The calls must not write what another one reads.
   * @throws Error where a call trapped.
   */
  run(name: string, calls: readonly (readonly number[])[]): void;
  /** Lets the threads go on to something else. The memory may be used on. */
  leave(): void;
}
