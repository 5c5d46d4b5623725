import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import Koa from 'koa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consolePages } from './console.ts';

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-console-'));
  const app = new Koa();
  app.use(consolePages(folder));
  server = createServer(app.callback());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it('says at / that it is not built, and how to build it', async () => {
  const response = await fetch(`${url}/`);
  expect(response.status).toBe(503);
  expect(await response.text()).toMatch(/npm run build:console/);
});

it('serves a build that comes while it runs: the page fresh, its files for ever', async () => {
  const script = 'console.log("kindred");\n'.repeat(100);
  const assets = join(folder, 'assets/console');
  await mkdir(assets, { recursive: true });
  await writeFile(join(folder, 'index.html'), '<title>Kindred</title>');
  await writeFile(join(assets, 'index-a1.js'), script);
  await writeFile(join(assets, 'index-a1.js.br'), brotliCompressSync(script));
  await writeFile(join(assets, 'index-a1.js.gz'), gzipSync(script));

  const page = await fetch(`${url}/`);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/);

  for (const [accepted, encoding] of [
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const file = await fetch(`${url}/assets/console/index-a1.js`, { headers: { 'accept-encoding': accepted } });
    expect(file.headers.get('content-encoding')).toBe(encoding);
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(file.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(await file.text()).toBe(script);
  }
});

it.each([
  '/assets/console/none.js',
  '/assets/console/..%2f..%2findex.html',
  '/assets/console/index-a1.js.br',
  '/other',
])('has nothing at %s', async (path) => {
  expect((await fetch(url + path)).status).toBe(404);
});
