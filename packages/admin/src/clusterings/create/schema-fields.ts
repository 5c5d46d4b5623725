import { isObject } from './draft.ts';

/** How a parameter is asked for. */
export type FieldKind = 'number' | 'switch' | 'choice' | 'choices' | 'list' | 'text';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly default: unknown;
  /** The schema's own, in English. */
  readonly description: string;
  readonly options: readonly string[];
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** Values of other fields without which it counts for nothing. */
  readonly appliesWhen: Readonly<Record<string, readonly unknown[]>>;
}

/** Numbers that a schema names for want of a bound. */
const UNBOUND = 2 ** 53 - 1;

/** The fields of a JSON Schema of an object, in its order; objects within it have forms of their own. */
export function fieldsOf(schema: unknown): readonly Field[] {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).flatMap(([name, property]) => {
    const kind = isObject(property) ? kindOf(property) : undefined;
    if (!isObject(property) || kind === undefined) return [];
    const items = isObject(property.items) ? property.items : {};
    return [
      {
        name,
        kind,
        default: property.default,
        description: typeof property.description === 'string' ? property.description : '',
        options: texts(property.enum ?? items.enum ?? items.examples),
        least: bound(property.minimum ?? property.exclusiveMinimum),
        most: bound(property.maximum ?? property.exclusiveMaximum),
        appliesWhen: isObject(property.appliesWhen) ? (property.appliesWhen as Field['appliesWhen']) : {},
      },
    ];
  });
}

/**
 * Whether a field makes a difference beside the values that the others have.
 * @param saidOf what was said of a field; undefined for its default.
 */
export function applies(
  { appliesWhen }: Pick<Field, 'appliesWhen'>,
  fields: readonly Field[],
  saidOf: (name: string) => unknown,
): boolean {
  return Object.entries(appliesWhen).every(([other, wanted]) => {
    const value = saidOf(other) ?? fields.find(({ name }) => name === other)?.default;
    return (Array.isArray(value) ? value : [value]).some((each) => wanted.includes(each));
  });
}

/** Whether it makes a difference because of what somebody has chosen, so that it is asked for at once. */
export function isCalledFor(
  { appliesWhen }: Pick<Field, 'appliesWhen'>,
  fields: readonly Field[],
  saidOf: (name: string) => unknown,
): boolean {
  return Object.keys(appliesWhen).some((other) => {
    const value = saidOf(other);
    return value !== undefined && value !== fields.find(({ name }) => name === other)?.default;
  });
}

function kindOf(property: Readonly<Record<string, unknown>>): FieldKind | undefined {
  if (property.const !== undefined || property.type === 'object') return undefined;
  if (Array.isArray(property.enum)) return 'choice';
  if (property.type === 'boolean') return 'switch';
  if (property.type === 'integer' || property.type === 'number') return 'number';
  if (property.type === 'array')
    return isObject(property.items) && (property.items.enum ?? property.items.examples) ? 'choices' : 'list';
  const options = Array.isArray(property.anyOf) ? property.anyOf : [];
  if (options.some((option) => isObject(option) && option.type === 'object')) return undefined;
  return 'text';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function bound(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < UNBOUND ? value : undefined;
}

/** What was typed, as the schema may mean it: a number where it is one. Undefined for nothing, which is the default. */
export function parsed(text: string, kind: FieldKind): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (kind === 'list') return trimmed.split(/[,;\s]+/).map((part) => parsed(part, 'text'));
  const value = Number(trimmed.replace(',', '.'));
  return Number.isFinite(value) ? value : trimmed;
}

/** As `parsed` would read it back. */
export function written(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
