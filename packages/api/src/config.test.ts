import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('settings', () => {
  it('have a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      dataDir: resolve('./.kindred'),
      role: 'all',
      logLevel: 'info',
      databaseUrl: undefined,
      s3: undefined,
      restToken: undefined,
      bodyLimit: 64 * 2 ** 20,
      introspection: true,
      trustedProxies: [],
    });
  });

  it('take an empty value for none, sizes with units, and lock introspection in production', () => {
    const config = readConfig({
      DATABASE_URL: '',
      KINDRED_COMPUTE_MEMORY: '2.5GB',
      KINDRED_BODY_LIMIT: '1000',
      NODE_ENV: 'production',
    });
    expect(config).toMatchObject({
      databaseUrl: undefined,
      computeMemoryBytes: 2.5 * 2 ** 30,
      bodyLimit: 1000,
      introspection: false,
    });
  });

  it('take proxies as addresses and networks, and nothing else', () => {
    const proxies = (text: string) => readConfig({ KINDRED_TRUSTED_PROXIES: text }).trustedProxies;
    expect(proxies('10.0.0.0/8, 192.0.2.1,2001:db8::/32')).toEqual(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32']);
    for (const wrong of ['*', 'proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '2001:db8::/129', '1'])
      expect(() => proxies(wrong), wrong).toThrow(/KINDRED_TRUSTED_PROXIES: ".*" is no address or network/);
  });

  it('are told with their sources, and without what is secret in them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-settings-'));
    try {
      const file = join(folder, 'token');
      writeFileSync(file, 'from a file');
      const { settings } = readConfig({
        DATABASE_URL: 'postgres://me:hidden@db/kindred?sslmode=require&sslpassword=hidden',
        MLFLOW_TRACKING_URI: 'http://me:hidden@mlflow:5000',
        S3_SECRET_ACCESS_KEY: 'hidden',
        KINDRED_REST_TOKEN_FILE: file,
      });
      const named = (name: string) => settings.find((setting) => setting.name === name);
      expect(named('DATABASE_URL')?.value).toBe('postgres://me:***@db/kindred?sslmode=require&sslpassword=***');
      expect(named('MLFLOW_TRACKING_URI')?.value).toBe('http://me:***@mlflow:5000/');
      expect(named('KINDRED_REST_TOKEN')).toMatchObject({ source: 'file', value: null, isSet: true, secret: true });
      expect(named('PORT')).toMatchObject({ source: 'default', value: '8080' });
      expect(named('REDIS_URL')).toMatchObject({ source: 'default', value: null, isSet: false });
      expect(JSON.stringify(settings)).not.toMatch(/hidden|from a file/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('name every wrong setting at once', () => {
    const wrong = { PORT: 'eighty', KINDRED_LOG: 'loud', DATABASE_URL: 'mysql://x', KINDRED_BODY_LIMIT: 'big' };
    for (const name of Object.keys(wrong)) expect(() => readConfig(wrong)).toThrow(new RegExp(`${name}: `));
  });

  it("take MLflow's address with or without credentials in it", () => {
    expect(readConfig({}).mlflow).toBeUndefined();
    const uri = 'http://me:p%40ss@mlflow:5000/tracking/';
    expect(readConfig({ MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: 't' }).mlflow).toEqual({
      uri: 'http://mlflow:5000/tracking',
      username: 'me',
      password: 'p@ss',
      token: 't',
    });
    expect(() => readConfig({ MLFLOW_TRACKING_URI: 'sqlite:///mlflow.db' })).toThrow(/MLFLOW_TRACKING_URI: /);
    expect(() => readConfig({ KINDRED_COMMIT: 'main' })).toThrow(/KINDRED_COMMIT: is no commit/);
  });

  it.each(['api', 'worker'])('want a database of its own server where the process is an %s alone', (KINDRED_ROLE) => {
    expect(() => readConfig({ KINDRED_ROLE })).toThrow(`KINDRED_ROLE is ${KINDRED_ROLE}, so DATABASE_URL is needed`);
    expect(readConfig({ KINDRED_ROLE, DATABASE_URL: 'postgres://h/d' }).role).toBe(KINDRED_ROLE);
    expect(() => readConfig({ KINDRED_ROLE: 'both' })).toThrow(/KINDRED_ROLE: /);
  });

  it('want the keys of S3 with its address', () => {
    expect(() => readConfig({ S3_ENDPOINT: 'http://minio:9000' })).toThrow(/S3_ACCESS_KEY_ID/);
  });

  it('come from files too, each named by the setting and _FILE', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kindred-settings-'));
    const file = join(folder, 'url');
    try {
      writeFileSync(file, 'postgres://kindred:p%40ss@db/kindred\n');
      expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://kindred:p%40ss@db/kindred');
      expect(readConfig({ DATABASE_URL_FILE: '' }).databaseUrl).toBeUndefined();
      const twice = { DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://h/d', PORT: 'eighty' };
      expect(() => readConfig(twice)).toThrow(/DATABASE_URL_FILE: DATABASE_URL is set too.*PORT: /s);
      writeFileSync(file, '');
      expect(() => readConfig({ KINDRED_REST_TOKEN_FILE: file })).toThrow(/KINDRED_REST_TOKEN: /);
      expect(() => readConfig({ REDIS_URL_FILE: join(folder, 'none') })).toThrow(/REDIS_URL_FILE: ENOENT/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
