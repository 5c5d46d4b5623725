import { Tooltip } from '@mui/material';
import { useSyncExternalStore } from 'react';
import { useLocaleState } from 'react-admin';
import { ago, duration } from './durations.ts';

/** One clock for all that tells how long ago something was; it stands still while nobody looks. */
const TICK_MS = 10_000;
/** What is this little ahead has happened just now, by a clock that goes before ours or between two ticks of it. */
const SOON_MS = 60_000;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(watcher: () => void): () => void {
  // It stood still: what reads it next must not take the past for the future.
  if (watchers.size === 0) now = Date.now();
  watchers.add(watcher);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of watchers) each();
  }, TICK_MS);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function useNow(): number {
  return useSyncExternalStore(watch, () => now);
}

/** How long ago; the exact time when one asks. */
export function Moment({ at }: { readonly at: string | null | undefined }) {
  const [locale] = useLocaleState();
  const time = useNow();
  if (!at) return <span aria-hidden="true">—</span>;
  const ahead = Date.parse(at) - time;
  const since = ahead > 0 && ahead < SOON_MS ? Date.parse(at) : time;
  return (
    <Tooltip title={exactly(at, locale)}>
      <time dateTime={at}>{ago(at, since, locale)}</time>
    </Tooltip>
  );
}

/** The time itself. */
export function ExactMoment({ at }: { readonly at: string }) {
  const [locale] = useLocaleState();
  return <time dateTime={at}>{exactly(at, locale)}</time>;
}

function exactly(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}

export function Duration({ seconds }: { readonly seconds: number | null | undefined }) {
  const [locale] = useLocaleState();
  return <span>{seconds == null ? '—' : duration(seconds, locale)}</span>;
}
