import {
  Autocomplete,
  Box,
  Checkbox,
  FormControlLabel,
  FormHelperText,
  MenuItem,
  TextField,
  Typography,
} from '@mui/material';
import { type ComponentType, useState } from 'react';
import { useTranslate } from 'react-admin';
import { readable } from '../method-name.ts';
import { type Field, type FieldKind, parsed, written } from './schema-fields.ts';

export interface FieldInputProps {
  readonly field: Field;
  /** Undefined where the default holds. */
  readonly value: unknown;
  readonly problem: string | undefined;
  onChange(value: unknown): void;
}

interface Texts extends FieldInputProps {
  readonly label: string;
  readonly help: string;
}

/** One parameter, asked for as its schema says. */
export function FieldInput(props: FieldInputProps) {
  const translate = useTranslate();
  const { field, problem } = props;
  const Input = INPUTS[field.kind];
  const range = rangeOf(field);
  const about = translate(`clusterings.help.${field.name}`, { _: field.description });
  const fallback =
    field.default === undefined || field.default === null || field.kind === 'switch'
      ? ''
      : translate('clusterings.default', { value: written(field.default) || '—' });
  const help = problem ?? [about.replace(/\.$/, ''), range, fallback].filter(Boolean).join(' · ');
  return (
    <Input {...props} label={translate(`clusterings.field.${field.name}`, { _: readable(field.name) })} help={help} />
  );
}

function rangeOf({ kind, least, most }: Field): string {
  if (kind !== 'number' || (least === undefined && most === undefined)) return '';
  return most === undefined ? `≥ ${least}` : `${least ?? ''}–${most}`;
}

/** Texts and numbers: what is typed stays as it is, while what it means goes on. */
function TypedInput({ field, value, problem, onChange, label, help }: Texts) {
  const [typed, setTyped] = useState<string>();
  const shown = typed !== undefined && sameMeaning(typed, value, field.kind) ? typed : written(value);
  return (
    <TextField
      label={label}
      value={shown}
      placeholder={written(field.default)}
      error={problem !== undefined}
      helperText={help}
      fullWidth
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(parsed(target.value, field.kind));
      }}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: { inputMode: field.kind === 'number' ? 'decimal' : 'text', name: field.name },
      }}
    />
  );
}

const sameMeaning = (typed: string, value: unknown, kind: FieldKind) =>
  JSON.stringify(parsed(typed, kind)) === JSON.stringify(value);

function ChoiceInput({ field, value, problem, onChange, label, help }: Texts) {
  const translate = useTranslate();
  return (
    <TextField
      select
      label={label}
      value={value ?? field.default ?? ''}
      error={problem !== undefined}
      helperText={help}
      fullWidth
      onChange={({ target }) => onChange(target.value === field.default ? undefined : target.value)}
    >
      {field.options.map((option) => (
        <MenuItem key={option} value={option}>
          {translate(`clusterings.option.${option}`, { _: readable(option) })}
        </MenuItem>
      ))}
    </TextField>
  );
}

function ChoicesInput({ field, value, problem, onChange, label, help }: Texts) {
  const translate = useTranslate();
  const chosen = Array.isArray(value)
    ? value.map(String)
    : Array.isArray(field.default)
      ? field.default.map(String)
      : [];
  return (
    <Autocomplete
      multiple
      disableCloseOnSelect
      options={[...field.options]}
      value={chosen}
      getOptionLabel={(option) => translate(`clusterings.option.${option}`, { _: readable(option) })}
      onChange={(_event, wanted) => onChange(wanted)}
      sx={{ gridColumn: '1 / -1' }}
      renderInput={(params) => <TextField {...params} label={label} error={problem !== undefined} helperText={help} />}
    />
  );
}

function SwitchInput({ field, value, onChange, label, help }: Texts) {
  const checked = typeof value === 'boolean' ? value : field.default === true;
  return (
    <Box>
      <FormControlLabel
        control={
          <Checkbox checked={checked} onChange={(_event, on) => onChange(on === field.default ? undefined : on)} />
        }
        label={<Typography>{label}</Typography>}
      />
      <FormHelperText sx={{ mx: 1.75, mt: 0 }}>{help}</FormHelperText>
    </Box>
  );
}

/** THE LIST of ways to ask, by the kind of parameter. */
const INPUTS: Readonly<Record<FieldKind, ComponentType<Texts>>> = {
  number: TypedInput,
  text: TypedInput,
  list: TypedInput,
  choice: ChoiceInput,
  choices: ChoicesInput,
  switch: SwitchInput,
};
