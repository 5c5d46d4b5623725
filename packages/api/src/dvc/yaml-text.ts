import { stringify } from 'yaml';

/** YAML as DVC itself would write it, so that a run of it leaves our files as they are. */
export function yamlText(value: unknown): string {
  return stringify(value, { indentSeq: false, lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false });
}
