import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Middleware } from 'koa';
import { openApiDocument, openApiYaml } from './openapi.ts';

interface Page {
  readonly type: string;
  content(): Promise<string | Buffer> | string | Buffer;
}

const require = createRequire(import.meta.url);
const swagger = dirname(require.resolve('swagger-ui-dist/package.json'));
const file = (path: string | URL) => () => readFile(path);
const own = (name: string) => file(new URL(`./pages/${name}`, import.meta.url));

/** THE LIST of pages and their files; nothing is loaded from elsewhere, so they work without a network. */
const PAGES: Readonly<Record<string, Page>> = {
  '/status-page': { type: 'html', content: own('status.html') },
  '/assets/status.css': { type: 'css', content: own('status.css') },
  '/assets/status.js': { type: 'js', content: own('status.js') },
  '/assets/sign-in.js': { type: 'js', content: own('sign-in.js') },
  '/points': { type: 'html', content: own('points.html') },
  '/assets/points.css': { type: 'css', content: own('points.css') },
  '/assets/points.js': { type: 'js', content: own('points.js') },
  '/docs': { type: 'html', content: own('docs.html') },
  '/assets/docs.js': { type: 'js', content: own('docs.js') },
  '/assets/swagger-ui.css': { type: 'css', content: file(join(swagger, 'swagger-ui.css')) },
  '/assets/swagger-ui-bundle.js': { type: 'js', content: file(join(swagger, 'swagger-ui-bundle.js')) },
  '/openapi.yml': { type: 'application/yaml; charset=utf-8', content: openApiYaml },
  '/openapi.json': { type: 'json', content: () => JSON.stringify(openApiDocument(), null, 2) },
  '/live': { type: 'json', content: () => '{"status":"ok"}' },
};

/** Addresses of the clustering service's pages: the console has them. */
const MOVED: ReadonlySet<string> = new Set(['/datasets', '/datasets/upload']);

/** The status page, the interactive charts, the documentation of the REST routes, and whether the process is alive. */
export function pages(): Middleware {
  return async (ctx, next) => {
    const path = ctx.path.length > 1 && ctx.path.endsWith('/') ? ctx.path.slice(0, -1) : ctx.path;
    if (MOVED.has(path) && (ctx.method === 'GET' || ctx.method === 'HEAD')) return ctx.redirect('/#/datasets');
    const page = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined;
    if (!page || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    ctx.state.route = path;
    ctx.type = page.type;
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = await page.content();
  };
}
