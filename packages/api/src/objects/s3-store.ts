import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { S3Config } from '../config.ts';
import { DomainError } from '../errors.ts';
import { asOutage } from '../outage.ts';
import { download } from './download.ts';
import type { ObjectCache } from './object-cache.ts';
import {
  assertKey,
  contentKey,
  hashBytes,
  hashFile,
  type ObjectBody,
  type ObjectStore,
  type StoredObject,
} from './object-store.ts';

/** Attempts of one request, and the time in ms before the next one: twice as long each time, six seconds in all at the least. */
const RETRY = { attempts: 8, first: 100, longest: 4000 };

/** Attempts of one body whose connection breaks. One that falls silent has had its time. */
const BODY_ATTEMPTS = 4;

/** By chance up to half as long again, so that many clients do not come back at one moment. */
const retryDelay = (attempt: number): number =>
  Math.min(RETRY.first * 2 ** attempt, RETRY.longest) * (1 + Math.random() / 2);

/**
 * Bounds in ms, so that a network that swallows packets, or a server that keeps silent, holds nobody for ever. `whole` is for a
 * request with all its attempts up to the answer's headers: far more than 16 MB take. Parts of a large object and copies within
 * the store may take longer, as long as no attempt is silent for `silence`; bodies of answers, for `body`.
 */
const LONGEST = { connect: 2000, silence: 30_000, body: 10_000, whole: 15_000 };

/** Objects beyond it go up in parts of it: a part is what a broken connection costs. */
const PART_BYTES = 16 * 2 ** 20;

interface Target {
  readonly Bucket: string;
  readonly Key: string;
  readonly IfNoneMatch?: string;
}

/**
 * Objects in S3 or MinIO, with a bounded cache of files beside: objects never change, so what is in the cache is right.
 * The client itself retries with growing delays; what still fails is STORE_UNAVAILABLE, which the runner retries.
 */
export class S3ObjectStore implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #cache: ObjectCache;
  #bucketReady: Promise<void> | undefined;

  constructor(config: S3Config, cache: ObjectCache) {
    this.#client = new S3Client({
      endpoint: config.endpoint,
      region: config.region,
      credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
      forcePathStyle: true,
      retryStrategy: new ConfiguredRetryStrategy(RETRY.attempts, retryDelay),
      requestHandler: { connectionTimeout: LONGEST.connect, socketTimeout: LONGEST.silence },
    });
    this.#bucket = config.bucket;
    this.#cache = cache;
  }

  async put(
    key: string,
    body: ObjectBody,
    options: { ifAbsent?: boolean } = {},
  ): Promise<{ created: boolean; bytes: number }> {
    assertKey(key);
    const bytes = body instanceof Uint8Array ? body.length : (await stat(body.file)).size;
    const target = { Bucket: this.#bucket, Key: key, ...(options.ifAbsent ? { IfNoneMatch: '*' } : {}) };
    try {
      await this.#call(() => (bytes > PART_BYTES ? this.#putParts(target, body) : this.#putWhole(target, body, bytes)));
    } catch (error) {
      if (!isStatus(error, 412)) throw this.#translate(error, key);
      return { created: false, bytes: (await this.#head(key)) ?? bytes };
    }
    // Whoever had read the object before would be shown the old bytes.
    if (!options.ifAbsent) await this.#cache.delete(key);
    return { created: true, bytes };
  }

  async #putWhole(target: Target, body: ObjectBody, bytes: number): Promise<void> {
    const hash = body instanceof Uint8Array ? hashBytes(body) : await hashFile(body.file);
    await this.#client.send(
      new PutObjectCommand({
        ...target,
        // A stream is used up by the first attempt, and the client has several.
        Body: body instanceof Uint8Array ? body : await readFile(body.file),
        ContentLength: bytes,
        ChecksumSHA256: Buffer.from(hash, 'hex').toString('base64'),
      }),
      inTime(),
    );
  }

  /** Part by part, each with its checksum, each tried again by itself; nothing is there before the last one is. */
  async #putParts(target: Target, body: ObjectBody): Promise<void> {
    const upload = new Upload({
      client: this.#client,
      params: {
        ...target,
        Body: body instanceof Uint8Array ? body : createReadStream(body.file),
        ChecksumAlgorithm: 'SHA256',
      },
      partSize: PART_BYTES,
      queueSize: 2,
    });
    await upload.done();
  }

  async putContent(body: ObjectBody): Promise<{ key: string; hash: string; bytes: number }> {
    const hash = body instanceof Uint8Array ? hashBytes(body) : await hashFile(body.file);
    const key = contentKey(hash);
    const known = await this.#head(key);
    if (known !== undefined) return { key, hash, bytes: known };
    const { bytes } = await this.put(key, body, { ifAbsent: true });
    return { key, hash, bytes };
  }

  async get(key: string): Promise<Buffer> {
    assertKey(key);
    for (;;) {
      const bytes = await this.#cache.read(key);
      if (bytes) return bytes;
      await this.#fetch(key);
    }
  }

  async path(key: string, options: { holdIn?: string } = {}): Promise<string> {
    assertKey(key);
    for (;;) {
      const found = await this.#cache.find(key);
      const file = found && options.holdIn !== undefined ? await this.#cache.hold(key, options.holdIn) : found;
      if (file !== undefined) return file;
      await this.#fetch(key);
    }
  }

  /** Brings the object into the cache. */
  async #fetch(key: string): Promise<void> {
    const temporary = await this.#cache.incoming(randomUUID());
    try {
      await this.#call(() => this.#download(key, temporary));
      await this.#verify(key, temporary);
      await this.#cache.adopt(key, temporary);
    } catch (error) {
      await rm(temporary, { force: true });
      throw this.#translate(error, key);
    }
  }

  /** The client tries its requests again up to the headers of their answers only; a body that breaks is asked for again here. */
  async #download(key: string, file: string): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const { Body } = await this.#client.send(
        new GetObjectCommand({ Bucket: this.#bucket, Key: key, ChecksumMode: 'ENABLED' }),
        inTime(),
      );
      try {
        return await download(Body as Readable, file, LONGEST.body);
      } catch (error) {
        if (!isBroken(error) || attempt + 1 >= BODY_ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, retryDelay(attempt)));
      }
    }
  }

  async copy(from: string, to: string): Promise<void> {
    assertKey(from);
    assertKey(to);
    const target = { Bucket: this.#bucket, Key: to, CopySource: `${this.#bucket}/${from}` };
    await this.#call(() => this.#client.send(new CopyObjectCommand(target))).catch((error: unknown) => {
      throw this.#translate(error, from);
    });
    await this.#cache.delete(to);
  }

  async has(key: string): Promise<boolean> {
    return (await this.#head(key)) !== undefined;
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const base = prefix.replace(/\/$/, '');
    let token: string | undefined;
    do {
      const page = await this.#call(() =>
        this.#client.send(
          new ListObjectsV2Command({
            Bucket: this.#bucket,
            Prefix: base === '' ? '' : `${base}/`,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
          inTime(),
        ),
      ).catch((error: unknown) => {
        throw this.#translate(error, prefix);
      });
      for (const object of page.Contents ?? []) {
        if (object.Key !== undefined) yield { key: object.Key, bytes: object.Size ?? 0 };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async delete(key: string): Promise<void> {
    await this.#call(() =>
      this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }), inTime()),
    ).catch((error: unknown) => {
      throw this.#translate(error, key);
    });
    await this.#cache.delete(key);
  }

  /** Without the retries of other calls: whoever asks wants to know how it is now. */
  async ping(abortSignal: AbortSignal): Promise<void> {
    await this.#client
      .send(new HeadBucketCommand({ Bucket: this.#bucket }), { abortSignal })
      .catch((error: unknown) => {
        // It is made by the first call that needs it; and who may not ask for it may still work in it.
        if (!isStatus(error, 404) && !isStatus(error, 403)) throw this.#translate(error, this.#bucket);
      });
  }

  async #head(key: string): Promise<number | undefined> {
    assertKey(key);
    try {
      const head = await this.#call(() =>
        this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }), inTime()),
      );
      return head.ContentLength ?? 0;
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw this.#translate(error, key);
    }
  }

  /** Makes the bucket before the first call, so that an empty MinIO is enough to start with. */
  async #call<T>(call: () => Promise<T>): Promise<T> {
    this.#bucketReady ??= this.#makeBucket().catch((error: unknown) => {
      this.#bucketReady = undefined;
      throw error;
    });
    await this.#bucketReady;
    return call();
  }

  /** A key that may work in the bucket and nothing else may neither make it nor, perhaps, ask for it. */
  async #makeBucket(): Promise<void> {
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), inTime());
    } catch (error) {
      if (isStatus(error, 403)) return;
      if (!isStatus(error, 404)) throw error;
      await this.#client.send(new CreateBucketCommand({ Bucket: this.#bucket }), inTime()).catch((refusal: unknown) => {
        if (!isStatus(refusal, 409)) throw refusal;
      });
    }
  }

  async #verify(key: string, file: string): Promise<void> {
    if (!key.startsWith('sha256/')) return;
    const hash = await hashFile(file);
    if (contentKey(hash) === key) return;
    await rm(file, { force: true });
    throw new DomainError('ARTIFACT_CORRUPT', `The object ${key} has other bytes than its name says`, {
      details: { key },
    });
  }

  #translate(error: unknown, key: string): DomainError {
    if (error instanceof DomainError) return error;
    if (isStatus(error, 404)) {
      return new DomainError('ARTIFACT_MISSING', `The object ${key} is not in the store`, {
        details: { key },
        cause: error,
      });
    }
    const outage = asOutage(error);
    // This machine's own disk, where the copies lie, or the store's.
    if (outage?.code === 'STORAGE_FULL') return outage;
    if (isFull(error)) {
      return new DomainError('STORAGE_FULL', 'The object store has no space left', { details: { key }, cause: error });
    }
    return new DomainError('STORE_UNAVAILABLE', `The object store did not answer for ${key}`, {
      details: { key },
      cause: error,
    });
  }
}

/** For a request and all its attempts; the headers of an answer end it. */
const inTime = (): { abortSignal: AbortSignal } => ({ abortSignal: AbortSignal.timeout(LONGEST.whole) });

const isFull = (error: unknown): boolean =>
  isStatus(error, 507) ||
  // MinIO's last words where not even its minimum is free are an InternalError with the system's message in it.
  (error instanceof S3ServiceException &&
    /StorageFull|QuotaExceeded|no space left on device/.test(`${error.name} ${error.message}`));

function isStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;
}

/** As Node tells of a connection that ended before the body did. */
const isBroken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
