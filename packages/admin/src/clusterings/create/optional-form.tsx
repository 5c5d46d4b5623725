import { Box, FormControlLabel, FormHelperText, Switch } from '@mui/material';
import { isObject } from './draft.ts';
import { useParameterWords } from './parameter-texts.ts';
import { fieldsOf } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';
import type { Drafting } from './use-draft.ts';

export interface OptionalFormProps {
  /** Of an object whose properties may each be null. */
  readonly schema: unknown;
  readonly name: string;
  readonly drafting: Drafting;
}

/** Parameters that are given together or not at all: a switch, and their fields when it is on. */
export function OptionalForm({ schema, name, drafting }: OptionalFormProps) {
  const words = useParameterWords();
  const property = isObject(schema) && isObject(schema.properties) ? schema.properties[name] : undefined;
  if (!isObject(property)) return null;
  const own = Array.isArray(property.anyOf)
    ? property.anyOf.find((one) => isObject(one) && one.type === 'object')
    : property;
  const problem = drafting.problem([name]);
  const isOn = isObject(drafting.value([name]));
  // All of them at once: an object that nothing is left of would switch itself off.
  const defaults = Object.fromEntries(fieldsOf(own).map((field) => [field.name, field.default ?? null]));
  return (
    <Box>
      <FormControlLabel
        control={
          <Switch checked={isOn} onChange={(_event, on) => drafting.change([name], on ? defaults : undefined)} />
        }
        label={words.name('clustering', name)}
      />
      <FormHelperText sx={{ mt: 0, mb: isOn ? 1 : 0 }}>
        {problem === undefined
          ? words.help('clustering', name, String(property.description ?? ''))
          : words.problem(problem)}
      </FormHelperText>
      {isOn && <SchemaForm owner={name} schema={own} path={[name]} drafting={drafting} first={4} />}
    </Box>
  );
}
