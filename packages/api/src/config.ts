import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { SHORTEST_PASSWORD } from './access/password-length.ts';
import { type MlflowConfig, mlflowConfig } from './mlflow/mlflow-config.ts';
import { type SettingReport, settingReports } from './setting-report.ts';
import { settingsFromFiles } from './settings-from-files.ts';
import { type TracingConfig, tracingConfig, tracingEnvironment } from './tracing/tracing-config.ts';
import type { TableLimits } from './uploads/limits.ts';

/** Sizes such as `512MB` or `2GB` (decimal powers of 1024), or a plain number of bytes. */
const size = z.string().transform((text, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*(KB|MB|GB|B)?$/i.exec(text.trim());
  if (!match) {
    context.addIssue({ code: 'custom', message: `"${text}" is not a size; write for example 512MB or 2GB` });
    return z.NEVER;
  }
  const unit = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 }[(match[2] ?? 'B').toUpperCase()] ?? 1;
  return Math.round(Number(match[1]) * unit);
});

const flag = z.enum(['true', 'false', '1', '0', 'yes', 'no']).transform((text) => ['true', '1', 'yes'].includes(text));

/** Addresses and networks with commas between them: `10.0.0.0/8, 192.0.2.1`. */
const networks = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
  .superRefine((all, context) => {
    for (const network of all) {
      const [address = '', prefix = '0', ...more] = network.split('/');
      const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
      if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest || more.length > 0)
        context.addIssue({
          code: 'custom',
          message: `"${network}" is no address or network; write for example 10.0.0.0/8`,
        });
    }
  });

/** THE LIST of settings: what each means is told by `settings` of GraphQL, too. */
const environment = z.object({
  ...tracingEnvironment.shape,
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .describe('Port that it listens on; 0 picks a free one.'),
  HOST: z.string().default('0.0.0.0').describe('Address that it listens on.'),
  KINDRED_DATA: z.string().default('./.kindred').describe('Folder of everything that must survive a restart.'),
  KINDRED_ROLE: z
    .enum(['all', 'api', 'worker'])
    .default('all')
    .describe(
      'What this process does: serve, take jobs, or both. Processes of the same service share a database and an object store.',
    ),
  KINDRED_LOG: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least level that is logged.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL; without it an embedded PGlite in `KINDRED_DATA/db`.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis, which carries events between processes; without it they stay inside this one.'),
  S3_ENDPOINT: z
    .url()
    .optional()
    .describe('S3 or MinIO, which keeps the objects; without it they are files below KINDRED_DATA.'),
  S3_BUCKET: z.string().default('kindred').describe('Bucket of the objects.'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the bucket.'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('Who we are for S3.'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('The secret that goes with it.'),
  KINDRED_CACHE_SIZE: size
    .default(10 * 2 ** 30)
    .describe("Disk for copies of S3's objects below `KINDRED_DATA/cache`."),
  MLFLOW_TRACKING_URI: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("MLflow's tracking server; without it nothing is sent anywhere."),
  MLFLOW_TRACKING_USERNAME: z.string().optional().describe("As MLflow's own client has it."),
  MLFLOW_TRACKING_PASSWORD: z.string().optional().describe("As MLflow's own client has it."),
  MLFLOW_TRACKING_TOKEN: z.string().optional().describe("As MLflow's own client has it."),
  KINDRED_DVC: flag
    .default(true)
    .describe('Whether each processed version becomes a revision of the DVC repository in `KINDRED_DATA/dvc`.'),
  KINDRED_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,64}(-dirty)?$/, 'is no commit')
    .optional()
    .describe('Commit of the code, where there is no repository to ask: in an image.'),
  KINDRED_REST_TOKEN: z
    .string()
    .min(8)
    .optional()
    .describe('When set, REST routes need `Authorization: Bearer` with it or an API key, or a session.'),
  KINDRED_ADMIN_PASSWORD: z
    .string()
    .min(SHORTEST_PASSWORD, `must have ${SHORTEST_PASSWORD} characters or more`)
    .optional()
    .describe('Password of the user `admin`, whom the first start makes; without it one is made up and printed.'),
  KINDRED_AUDIT_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(365)
    .describe('How long the journal of mutations is kept.'),
  KINDRED_BODY_LIMIT: size
    .default(64 * 2 ** 20)
    .describe('Largest request body. The default holds a batch of about half a million narrow records.'),
  KINDRED_UPLOAD_LIMIT: size.default(512 * 2 ** 20).describe('Largest CSV file that is taken.'),
  KINDRED_UPLOAD_ROWS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .default(5_000_000)
    .describe('Rows of a CSV file at most.'),
  KINDRED_UPLOAD_COLUMNS: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(2000)
    .describe('Columns of a CSV file at most.'),
  KINDRED_COMPUTE_MEMORY: size
    .default(1.5 * 2 ** 30)
    .describe("What one compute process may plan for: DuckDB's limit and the training arrays."),
  KINDRED_COMPUTE_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .default(2)
    .describe('Threads of a stage. Two, because serving keeps at least one core of the smallest machine we promise.'),
  KINDRED_JOB_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe(
      'Jobs at a time; each has a compute process of its own. One, because a second would slow the first on two cores.',
    ),
  KINDRED_SEED: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(42)
    .describe('Seed of every job that does not name its own.'),
  KINDRED_KEEP_VERSIONS: z.coerce
    .number()
    .int()
    .min(1)
    .default(5)
    .describe('Versions whose intermediate files are kept after newer ones were processed.'),
  KINDRED_CORS: z.string().default('').describe('Origin allowed by CORS, `*` for any, empty for none.'),
  KINDRED_INTROSPECTION: flag
    .optional()
    .describe('Whether the schema may be asked for; unset, it may not in production.'),
  KINDRED_RATE_LIMIT: z.coerce
    .number()
    .min(0)
    .default(0)
    .describe(
      'Requests per second of one address, with bursts of twice that; 0 for no limit. Probes are never limited.',
    ),
  KINDRED_TRUSTED_PROXIES: networks
    .default([])
    .describe(
      'Addresses and networks of proxies, with commas between them: from these alone `X-Forwarded-For` says where a client is.',
    ),
  NODE_ENV: z.string().default('development').describe('`production` hides what helps only developers.'),
});

export interface S3Config {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What the local copies of objects may take, in bytes. */
  readonly cacheBytes: number;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** `api` serves and leaves jobs to others; `worker` takes jobs and answers probes alone. */
  readonly role: 'all' | 'api' | 'worker';
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly s3: S3Config | undefined;
  /** Undefined for no MLflow: then nothing is sent anywhere. */
  readonly mlflow: MlflowConfig | undefined;
  /** Whether DVC revisions are written. */
  readonly dvc: boolean;
  /** Undefined for no tracing: then OpenTelemetry's SDK is not even loaded. */
  readonly tracing: TracingConfig | undefined;
  /** Undefined to ask the repository. */
  readonly commit: string | undefined;
  readonly restToken: string | undefined;
  /** Of the first administrator, made at the first start; undefined to make one up. */
  readonly adminPassword: string | undefined;
  readonly auditDays: number;
  readonly bodyLimit: number;
  readonly uploads: TableLimits;
  readonly computeMemoryBytes: number;
  readonly computeThreads: number;
  readonly jobConcurrency: number;
  readonly seed: number;
  readonly keepVersions: number;
  readonly cors: string;
  readonly introspection: boolean;
  /** Requests per second of one address; 0 for no limit. */
  readonly rateLimit: number;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly production: boolean;
  /** All settings as operators see them: no secrets. */
  readonly settings: readonly SettingReport[];
}

/** Reports every wrong setting at once, by its name, so that one restart is enough to repair them. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The only reader of the environment, and of the files that `<NAME>_FILE` names.
 *
 * @throws ConfigError naming each setting that is wrong; start-up must end there.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  // An empty value in a compose file means "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const files = settingsFromFiles(given, Object.keys(environment.shape));
  const parsed = environment.safeParse({ ...given, ...files.values });
  const issues = parsed.success ? [] : parsed.error.issues;
  const problems = [...files.problems, ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(`The settings cannot be used:\n${problems.map((each) => `  ${each}`).join('\n')}`);
  }
  const settings = parsed.data;
  if (settings.KINDRED_ROLE !== 'all' && settings.DATABASE_URL === undefined) {
    throw new ConfigError(
      `The settings cannot be used:\n  KINDRED_ROLE is ${settings.KINDRED_ROLE}, so DATABASE_URL is needed: the embedded database serves one process alone`,
    );
  }
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: resolve(settings.KINDRED_DATA),
    role: settings.KINDRED_ROLE,
    logLevel: settings.KINDRED_LOG,
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    s3: readS3(settings),
    mlflow: mlflowConfig(settings),
    dvc: settings.KINDRED_DVC,
    tracing: readTracing(settings),
    commit: settings.KINDRED_COMMIT,
    restToken: settings.KINDRED_REST_TOKEN,
    adminPassword: settings.KINDRED_ADMIN_PASSWORD,
    auditDays: settings.KINDRED_AUDIT_DAYS,
    bodyLimit: settings.KINDRED_BODY_LIMIT,
    uploads: {
      bytes: settings.KINDRED_UPLOAD_LIMIT,
      rows: settings.KINDRED_UPLOAD_ROWS,
      columns: settings.KINDRED_UPLOAD_COLUMNS,
    },
    computeMemoryBytes: settings.KINDRED_COMPUTE_MEMORY,
    computeThreads: settings.KINDRED_COMPUTE_THREADS,
    jobConcurrency: settings.KINDRED_JOB_CONCURRENCY,
    seed: settings.KINDRED_SEED,
    keepVersions: settings.KINDRED_KEEP_VERSIONS,
    cors: settings.KINDRED_CORS,
    introspection: settings.KINDRED_INTROSPECTION ?? settings.NODE_ENV !== 'production',
    rateLimit: settings.KINDRED_RATE_LIMIT,
    trustedProxies: settings.KINDRED_TRUSTED_PROXIES,
    production: settings.NODE_ENV === 'production',
    settings: settingReports({ shape: environment.shape, values: settings, environment: given, files: files.values }),
  };
}

function readTracing(settings: z.infer<typeof environment>): TracingConfig | undefined {
  try {
    return tracingConfig(settings);
  } catch (error) {
    throw new ConfigError(`The settings cannot be used:\n  ${(error as Error).message}`);
  }
}

function readS3(settings: z.infer<typeof environment>): S3Config | undefined {
  if (settings.S3_ENDPOINT === undefined) return undefined;
  if (settings.S3_ACCESS_KEY_ID === undefined || settings.S3_SECRET_ACCESS_KEY === undefined) {
    throw new ConfigError(
      'The settings cannot be used:\n  S3_ENDPOINT is set, so S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are needed too',
    );
  }
  return {
    endpoint: settings.S3_ENDPOINT,
    bucket: settings.S3_BUCKET,
    region: settings.S3_REGION,
    accessKeyId: settings.S3_ACCESS_KEY_ID,
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
    cacheBytes: settings.KINDRED_CACHE_SIZE,
  };
}
