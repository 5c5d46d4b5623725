import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context, Middleware } from 'koa';

/** Where `packages/admin/scripts/build.ts` leaves the console. */
const DIST = fileURLToPath(new URL('../../admin/dist/', import.meta.url));
const ASSETS = '/assets/console/';
/** A name as the build gives them, and no path. */
const NAME = /^[\w-][\w.-]*\.(?:js|css|svg|woff2)$/;
/** Names have the hash of their content. */
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Code from here alone and nothing framed; styles are written by the page itself, as its kit of components does. Pictures may be data:
 * those of charts are.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The best encoding first; both are made when the console is built. */
const ENCODINGS = { br: '.br', gzip: '.gz' } as const;

/** The console at `/` and its files, from the folder of its build, which may be made anew while the service runs. */
export function consolePages(folder = DIST): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (ctx.path === '/') return sendIndex(ctx, folder);
    if (!ctx.path.startsWith(ASSETS)) return next();
    const name = ctx.path.slice(ASSETS.length);
    if (!NAME.test(name)) return next();
    ctx.state.route = `${ASSETS}*`;
    if (!(await sendFile(ctx, join(folder, ASSETS, name), FOREVER))) return next();
  };
}

async function sendIndex(ctx: Context, folder: string): Promise<void> {
  ctx.state.route = '/';
  ctx.set('Content-Security-Policy', POLICY);
  ctx.set('Referrer-Policy', 'same-origin');
  if (await sendFile(ctx, join(folder, 'index.html'), 'no-cache')) return;
  ctx.status = 503;
  ctx.type = 'html';
  ctx.body = NOT_BUILT;
}

/** @returns false for a file that is not there. */
async function sendFile(ctx: Context, file: string, caching: string): Promise<boolean> {
  const wanted = ctx.acceptsEncodings('br', 'gzip', 'identity');
  const encoding = wanted === 'br' || wanted === 'gzip' ? wanted : undefined;
  const compressed = encoding && (await read(file + ENCODINGS[encoding]));
  const content = compressed ?? (await read(file));
  if (!content) return false;
  ctx.type = extname(file);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Cache-Control', caching);
  ctx.vary('Accept-Encoding');
  if (compressed) ctx.set('Content-Encoding', encoding);
  ctx.body = content;
  return true;
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kindred</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}</style>
<h1>The console is not built</h1>
<p>The service itself runs. <code>npm run build:console</code> builds the console and says what is wrong where it cannot; then load this page again.</p>
<p><a href="/status-page">Status page</a> · <a href="/graphql">GraphiQL</a> · <a href="/docs">REST documentation</a></p>
</html>
`;
