import type { Config } from '@kindred/api/config.ts';

type SystemError = Error & { readonly code: string; readonly syscall: string };

/** What the operator can do about an error of the system that ended the start; undefined where only the stack helps. */
export function explainStartError(
  error: unknown,
  config: Pick<Config, 'host' | 'port' | 'dataDir'>,
): string | undefined {
  if (!isSystemError(error)) return undefined;
  const { code, syscall } = error;
  if (syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo') {
    if (code === 'EADDRINUSE') {
      return `Port ${config.port} is taken by another process. Stop it, or set PORT to another one; PORT=0 picks a free one.`;
    }
    if (code === 'EACCES')
      return `Port ${config.port} needs more rights than this process has. Set PORT to 1024 or above.`;
    return `HOST=${config.host} is no address of this machine (${code}). Set HOST to 127.0.0.1 or 0.0.0.0.`;
  }
  if (['mkdir', 'open', 'write', 'fsync', 'rename', 'scandir', 'copyfile'].includes(syscall)) {
    return `The folder ${config.dataDir} cannot be used (${error.message}). Set KINDRED_DATA to a folder that can be written.`;
  }
  return undefined;
}

function isSystemError(error: unknown): error is SystemError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'syscall' in error &&
    typeof error.syscall === 'string'
  );
}
