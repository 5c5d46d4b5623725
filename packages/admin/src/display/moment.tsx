import { Tooltip } from '@mui/material';
import { useSyncExternalStore } from 'react';
import { useLocaleState } from 'react-admin';
import { ago, duration } from './durations.ts';

/** One clock for all that tells how long ago something was; it stands still while nobody looks. */
const TICK_MS = 10_000;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(watcher: () => void): () => void {
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
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
  return (
    <Tooltip title={exact}>
      <time dateTime={at}>{ago(at, Math.max(time, Date.parse(at)), locale)}</time>
    </Tooltip>
  );
}

export function Duration({ seconds }: { readonly seconds: number | null | undefined }) {
  const [locale] = useLocaleState();
  return <span>{seconds == null ? '—' : duration(seconds, locale)}</span>;
}
