import { readAnswer } from './client.ts';
import { Failure } from './failure.ts';
import { type AnyDocument, type Result, textOf, type Variables } from './graphql.ts';

export interface UploadOptions {
  readonly url?: string;
  /** Share of the file that has left, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * A mutation with a file in its variable `file`, by the GraphQL multipart request specification. `fetch` tells no progress of what is
 * sent, so this is an XMLHttpRequest.
 */
export function upload<D extends AnyDocument>(
  document: D,
  variables: Omit<Variables<D>, 'file'>,
  file: File,
  { url = '/graphql', onProgress, signal }: UploadOptions = {},
): Promise<Result<D>> {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query: textOf(document), variables: { ...variables, file: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.file'] }));
  form.set('0', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      try {
        resolve(readAnswer(request.status, request.responseText) as Result<D>);
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new Failure('OFFLINE', 'The connection broke while the file was sent'));
    request.onabort = () => reject(new Failure('CANCELLED', 'The upload was stopped'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
