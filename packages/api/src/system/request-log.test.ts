import { describe, expect, it } from 'vitest';
import { type AnsweredRequest, KEPT_REQUESTS, RequestLog } from './request-log.ts';

function request(path: string, more: Partial<AnsweredRequest> = {}): AnsweredRequest {
  return {
    at: new Date(),
    method: 'GET',
    path,
    route: path,
    operation: undefined,
    status: 200,
    code: undefined,
    milliseconds: 1,
    requestId: path,
    ...more,
  };
}

describe('the log of requests', () => {
  it('keeps the newest, and refused ones however many others come after them', () => {
    const log = new RequestLog();
    log.record(request('/refused', { status: 404, code: 'NOT_FOUND' }));
    log.record(request('/graphql', { code: 'FORBIDDEN' }));
    for (let n = 0; n < 3 * KEPT_REQUESTS; n++) log.record(request(`/${n}`, { route: '/n' }));
    const all = log.find({});
    expect(all).toHaveLength(KEPT_REQUESTS + 2);
    expect(all[0]?.path).toBe(`/${3 * KEPT_REQUESTS - 1}`);
    expect(log.find({ refused: true }).map(({ path }) => path)).toEqual(['/graphql', '/refused']);
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finds by method, text, code, id and time; probes are no news', () => {
    const log = new RequestLog();
    log.record(request('/ready'));
    log.record(request('/live'));
    log.record(request('/assets/x.js'));
    log.record(request('/graphql', { method: 'POST', operation: 'Jobs', milliseconds: 50 }));
    log.record(request('/lookalike', { method: 'POST', status: 503, code: 'NOT_READY' }));
    const paths = (filter: Parameters<RequestLog['find']>[0]) => log.find(filter).map(({ path }) => path);
    expect(paths({})).toEqual(['/lookalike', '/graphql']);
    expect(paths({ method: 'post', text: 'jObs' })).toEqual(['/graphql']);
    expect(paths({ code: 'NOT_READY' })).toEqual(['/lookalike']);
    expect(paths({ requestId: '/graphql' })).toEqual(['/graphql']);
    expect(paths({ slowerThan: 20 })).toEqual(['/graphql']);
    expect(paths({ method: 'DELETE' })).toEqual([]);
  });

  it('measures all and each route, and does not grow with what strangers try', () => {
    const log = new RequestLog();
    for (let n = 0; n < 2000; n++) log.record(request('/x', { route: `/stranger/${n}`, status: 404 }));
    for (let n = 0; n < 10; n++) log.record(request('/x', { route: undefined, milliseconds: 100 }));
    expect(log.latency).toMatchObject({ requests: 2010, refused: 2000 });
    expect(log.routes.length).toBeLessThanOrEqual(501);
    expect(log.routes[0]).toMatchObject({ route: 'other', requests: 1510, refused: 1500 });
  });
});
