import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DomainError } from '../errors.ts';

/**
 * A lock on a folder that the kernel frees when the process ends, however it ends.
 *
 * PGlite has no lock of its own, and a second opener silently loses the first one's rows. A file with a process id needs
 * guessing after a crash (ids repeat, above all in containers, where each one is 1), so the lock is SQLite's exclusive
 * lock on an empty file: an advisory lock of the kernel, seen by other containers that mount the same volume too. The
 * owner's process id is written beside it, for the message only.
 */
export interface ExclusiveLock {
  release(): void;
}

/** @throws DomainError DATABASE_LOCKED when another process, or this one, holds it. */
export function acquireLock(file: string): ExclusiveLock {
  mkdirSync(dirname(file), { recursive: true });
  let handle: DatabaseSync | undefined;
  try {
    handle = new DatabaseSync(file, { timeout: 0 });
    handle.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    handle?.close();
    throw new DomainError(
      'DATABASE_LOCKED',
      `Another process${ownerOf(file)} uses the data in ${dirname(file)}. Stop it, or set KINDRED_DATA to another folder.`,
      { cause },
    );
  }
  const owned = handle;
  writeFileSync(`${file}.pid`, String(process.pid));
  return {
    release() {
      if (owned.isOpen) owned.close();
    },
  };
}

function ownerOf(file: string): string {
  try {
    return ` (process ${readFileSync(`${file}.pid`, 'utf8')})`;
  } catch {
    return '';
  }
}
