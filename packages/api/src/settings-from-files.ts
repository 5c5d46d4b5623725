import { readFileSync } from 'node:fs';

/** What the files say, and a sentence for each setting whose file cannot be taken. */
export interface FileSettings {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/**
 * Any setting may stand in a file that `<NAME>_FILE` names, so that a password is in no list of a process's environment: Docker's
 * and Kubernetes' secrets are files. The line end that editors leave is not part of the value.
 *
 * @param env the environment without empty values
 * @param names of the settings
 */
export function settingsFromFiles(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): FileSettings {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of names) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (env[name] !== undefined) {
      problems.push(`${name}_FILE: ${name} is set too, and one of them has to go`);
      continue;
    }
    try {
      values[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      problems.push(`${name}_FILE: ${(error as Error).message}`);
    }
  }
  return { values, problems };
}
