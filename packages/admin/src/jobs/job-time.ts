interface Run {
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** How long it has run, up to now where it still does. */
export function secondsOf({ startedAt, finishedAt }: Run, now = Date.now()): number | null {
  if (startedAt === null) return null;
  return Math.max(0, ((finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000);
}
