import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const PREPARE = fileURLToPath(new URL('../../../deploy/prepare.sh', import.meta.url));
const CONSUMERS = ['kindred', 'postgres', 'redis', 'minio', 'bucket'] as const;

/** SKIPPED where the tests do not run as root: the script gives files to other users. */
describe.skipIf(process.getuid?.() !== 0)('deploy/prepare.sh', () => {
  let secrets = '';
  beforeEach(() => {
    secrets = mkdtempSync(join(tmpdir(), 'kindred-secrets-'));
    for (const consumer of CONSUMERS) mkdirSync(join(secrets, consumer));
  });
  afterEach(() => rmSync(secrets, { recursive: true }));

  const prepare = (env: Readonly<Record<string, string>> = {}, ...folders: string[]) =>
    execFileSync('sh', [PREPARE, secrets, ...folders], { env: { PATH: process.env.PATH, ...env } });
  const files = () =>
    CONSUMERS.flatMap((consumer) => readdirSync(join(secrets, consumer)).map((name) => join(secrets, consumer, name)));
  const read = (path: string) => readFileSync(join(secrets, path), 'utf8').trimEnd();
  /** As docker-compose.yml starts the service. */
  const service = () =>
    readConfig({
      KINDRED_ADMIN_PASSWORD_FILE: join(secrets, 'kindred/admin-password'),
      DATABASE_URL_FILE: join(secrets, 'kindred/database-url'),
      REDIS_URL_FILE: join(secrets, 'kindred/redis-url'),
      S3_ENDPOINT: 'http://minio:9000',
      S3_ACCESS_KEY_ID_FILE: join(secrets, 'kindred/s3-access-key-id'),
      S3_SECRET_ACCESS_KEY_FILE: join(secrets, 'kindred/s3-secret-access-key'),
    });

  it('makes up passwords that differ, keeps them, and lets none but their consumer read them', () => {
    prepare();
    const first = files().map((file) => readFileSync(file, 'utf8'));
    const passwords = [
      'postgres/superuser-password',
      'postgres/kindred-password',
      'redis/password',
      'kindred/admin-password',
    ];
    const all = [...passwords, 'minio/root-password', 'bucket/service-secret'].map(read);
    expect(new Set(all).size).toBe(6);
    for (const password of all) expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(read('bucket/root-password')).toBe(read('minio/root-password'));
    const user = { kindred: 1000, postgres: 999, redis: 999, minio: 1000, bucket: 65534 };
    for (const consumer of CONSUMERS)
      for (const name of readdirSync(join(secrets, consumer))) {
        const { mode, uid } = statSync(join(secrets, consumer, name));
        expect([name, mode & 0o777, uid]).toEqual([name, 0o400, user[consumer]]);
      }
    prepare();
    expect(files().map((file) => readFileSync(file, 'utf8'))).toEqual(first);
  });

  it('gives the service what the stores have', () => {
    prepare();
    const { databaseUrl, redisUrl, s3, adminPassword } = service();
    expect(adminPassword).toBe(read('kindred/admin-password'));
    expect(decodeURIComponent(new URL(databaseUrl ?? '').password)).toBe(read('postgres/kindred-password'));
    expect(decodeURIComponent(new URL(redisUrl ?? '').password)).toBe(read('redis/password'));
    expect(s3).toMatchObject({ accessKeyId: 'kindred', secretAccessKey: read('bucket/service-secret') });
  });

  it('takes a password of any signs from the environment, before what it has made up', () => {
    prepare();
    const odd = `a"b\\@/:?#%é '$x`;
    prepare({ KINDRED_DB_PASSWORD: odd, REDIS_PASSWORD: odd, S3_SECRET_ACCESS_KEY: odd });
    const { databaseUrl, redisUrl, s3 } = service();
    expect(decodeURIComponent(new URL(databaseUrl ?? '').password)).toBe(odd);
    expect(decodeURIComponent(new URL(redisUrl ?? '').password)).toBe(odd);
    expect(s3?.secretAccessKey).toBe(odd);
    expect(read('postgres/kindred-password')).toBe(odd);
  });

  it('gives the root key to the service where the store knows no other, and takes it back', () => {
    prepare({ MINIO_USERS: 'none', MINIO_ROOT_USER: 'admin' });
    expect(service().s3).toMatchObject({ accessKeyId: 'admin', secretAccessKey: read('minio/root-password') });
    prepare();
    expect(service().s3).toMatchObject({ accessKeyId: 'kindred', secretAccessKey: read('bucket/service-secret') });
    expect(read('bucket/service-secret')).not.toBe(read('minio/root-password'));
  });

  it('hands over the folders of data', () => {
    const data = join(secrets, 'data');
    mkdirSync(join(data, 'inside'), { recursive: true });
    prepare({}, data);
    expect([statSync(data).uid, statSync(join(data, 'inside')).uid]).toEqual([1000, 1000]);
  });
});
