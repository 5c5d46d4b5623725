import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { OPENAPI_FILE, openApiDocument, openApiYaml } from './openapi.ts';
import { ROUTES } from './routes.ts';

describe('openapi.yml', () => {
  it('is what the list of routes says (if not: node packages/rest-adapter/src/openapi.ts)', () => {
    expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(openApiYaml());
  });

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(openApiDocument())));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('has examples that fit their own contract', () => {
    for (const route of ROUTES) {
      if (route.example === undefined || !route.request) continue;
      expect(route.request.safeParse(route.example).error?.issues ?? [], route.path).toEqual([]);
    }
  });
});
