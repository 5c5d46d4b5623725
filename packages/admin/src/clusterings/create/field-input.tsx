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
import { useLocaleState, useTranslate } from 'react-admin';
import { type ParameterWords, useParameterWords } from './parameter-texts.ts';
import { type Field, type FieldKind, parsed, written } from './schema-fields.ts';

export interface FieldInputProps {
  /** The method, stage or form that the parameter belongs to. */
  readonly owner: string;
  readonly field: Field;
  /** Undefined where the default holds. */
  readonly value: unknown;
  readonly problem: string | undefined;
  onChange(value: unknown): void;
}

interface Texts extends FieldInputProps {
  readonly label: string;
  readonly help: string;
  readonly optionText: (option: string) => string;
}

/** One parameter, asked for as its schema says. */
export function FieldInput(props: FieldInputProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const words = useParameterWords();
  const { owner, field, problem } = props;
  const Input = INPUTS[field.kind];
  const about = words.help(owner, field.name, field.description);
  const standard = defaultText(field, words, locale);
  const fallback = standard === '' ? '' : translate('clusterings.default', { value: standard });
  const help =
    problem === undefined
      ? [about.replace(/\.$/, ''), rangeOf(field), fallback].filter(Boolean).join(' · ')
      : words.problem(problem);
  return (
    <Input
      {...props}
      label={words.name(owner, field.name)}
      help={help}
      optionText={(option) => words.option(field.name, option)}
    />
  );
}

/** Nothing where the input itself shows it, or there is none. */
function defaultText({ name, kind, default: value }: Field, words: ParameterWords, locale: string): string {
  if (value === undefined || value === null || kind === 'switch') return '';
  if (kind === 'choice') return words.option(name, String(value));
  if (kind === 'choices') return '';
  // All digits: a tolerance may be a millionth.
  if (typeof value === 'number') return value.toLocaleString(locale, { maximumSignificantDigits: 15 });
  return written(value) || '—';
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

function ChoiceInput({ field, value, problem, onChange, label, help, optionText }: Texts) {
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
          {optionText(option)}
        </MenuItem>
      ))}
    </TextField>
  );
}

function ChoicesInput({ field, value, problem, onChange, label, help, optionText }: Texts) {
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
      getOptionLabel={optionText}
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
