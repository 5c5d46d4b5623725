import type { Plugin } from 'graphql-yoga';

/** What Yoga refuses before any document is read, and with no word of its own. */
const REFUSALS: Readonly<Record<number, { readonly code: string; readonly message: string }>> = {
  406: { code: 'NOT_ACCEPTABLE', message: 'The answer is JSON, multipart or a stream of events; accept one of them' },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send a document as application/json' },
};

/** A client that reads errors out of the body finds one in every refusal, also in those that Yoga leaves empty. */
export function tellRefusals(): Plugin {
  return {
    onResponse({ response, setResponse, fetchAPI }) {
      const refusal = REFUSALS[response.status];
      if (!refusal || response.body !== null) return;
      const headers = new fetchAPI.Headers(response.headers);
      headers.set('content-type', 'application/json; charset=utf-8');
      headers.delete('content-length');
      const { message, code } = refusal;
      const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
      setResponse(new fetchAPI.Response(body, { status: response.status, headers }));
    },
  };
}
