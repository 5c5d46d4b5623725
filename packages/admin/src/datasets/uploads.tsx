import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useFailureText } from '../display/failure-note.tsx';
import { asFailure, succeeded } from '../graphql/failure.ts';
import { upload } from '../graphql/upload.ts';
import { refetchSoon } from '../live/refetch-soon.ts';
import { ReplaceTable, UploadTable } from './dataset-documents.ts';

export interface UploadState {
  readonly key: string;
  readonly fileName: string;
  readonly phase: 'sending' | 'reading' | 'done' | 'failed' | 'stopped';
  /** Of the phase, 0 to 1. */
  readonly share: number;
  readonly dataset?: string;
  readonly error?: string;
}

/**
 * Uploads of this page, one after the other as they are dropped, each with its progress: first what has left, then how far the service
 * has read it, which comes as news (`TableProgress`).
 *
 * @param replaced the data set that gets the file as its newest version; without it each file becomes one.
 * @param onDone is told the data set of each file that is there.
 */
export function useUploads(replaced?: string, onDone?: (dataset: string) => void) {
  const client = useQueryClient();
  const failureText = useFailureText();
  const [uploads, setUploads] = useState<readonly UploadState[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  const change = (key: string, state: Partial<UploadState>) =>
    setUploads((known) => known.map((each) => (each.key === key ? { ...each, ...state } : each)));

  async function send(file: File): Promise<void> {
    const key = crypto.randomUUID();
    const abort = new AbortController();
    aborts.current.set(key, abort);
    setUploads((known) => [...known, { key, fileName: file.name, phase: 'sending', share: 0 }]);
    const onProgress = (share: number) => change(key, share < 1 ? { share } : { phase: 'reading', share: 0 });
    const options = { onProgress, signal: abort.signal };
    try {
      const { result } = replaced
        ? await upload(ReplaceTable, { id: replaced, upload: key }, file, options)
        : await upload(UploadTable, { upload: key }, file, options);
      const dataset = succeeded(result).id;
      change(key, { phase: 'done', share: 1, dataset });
      onDone?.(dataset);
      refetchSoon(client, ['datasets']);
    } catch (error) {
      const stopped = asFailure(error).code === 'CANCELLED';
      change(key, stopped ? { phase: 'stopped' } : { phase: 'failed', error: failureText(error) });
    } finally {
      aborts.current.delete(key);
    }
  }

  return {
    uploads,
    send,
    /** The service's own progress, of one that has left. */
    progress: (key: string, share: number) => change(key, { phase: 'reading', share }),
    stop: (key: string) => aborts.current.get(key)?.abort(),
    hide: (key: string) => setUploads((known) => known.filter((each) => each.key !== key)),
    refuse: (fileName: string, error: string) =>
      setUploads((known) => [...known, { key: crypto.randomUUID(), fileName, phase: 'failed', share: 0, error }]),
  };
}
