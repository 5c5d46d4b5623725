import LessIcon from '@mui/icons-material/ExpandLessOutlined';
import MoreIcon from '@mui/icons-material/ExpandMoreOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Path } from './draft.ts';
import { FieldInput } from './field-input.tsx';
import { applies, fieldsOf, isCalledFor } from './schema-fields.ts';
import type { Drafting } from './use-draft.ts';

export interface SchemaFormProps {
  /** The method, stage or form that the schema is of. */
  readonly owner: string;
  readonly schema: unknown;
  /** Where its values are among the parameters of the job. */
  readonly path: Path;
  readonly drafting: Drafting;
  /** Fields that are shown at once; schemas begin with those that matter. */
  readonly first?: number;
  readonly without?: readonly string[];
}

/**
 * The fields of a schema that make a difference beside the others' values: the first ones, those that were changed or are wrong, and those
 * that a choice has called for; the rest when asked for.
 */
export function SchemaForm({ owner, schema, path, drafting, first = 3, without = [] }: SchemaFormProps) {
  const translate = useTranslate();
  const [all, setAll] = useState(false);
  const known = fieldsOf(schema);
  const saidOf = (name: string) => drafting.value([...path, name]);
  const fields = known.filter((field) => !without.includes(field.name) && applies(field, known, saidOf));
  const shown = fields.filter((field, at) => {
    const value = saidOf(field.name);
    return (
      all ||
      at < first ||
      drafting.problem([...path, field.name]) !== undefined ||
      (value !== undefined && value !== field.default) ||
      isCalledFor(field, known, saidOf)
    );
  });
  const change = (changed: string, value: unknown) => {
    drafting.change([...path, changed], value);
    const after = (name: string) => (name === changed ? value : saidOf(name));
    // What is not to be seen any more is not sent either.
    for (const field of known)
      if (after(field.name) !== undefined && !applies(field, known, after))
        drafting.change([...path, field.name], undefined);
  };
  if (fields.length === 0) return null;
  return (
    <Box>
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 220px), 1fr))', pt: 1 }}
      >
        {shown.map((field) => {
          const own = [...path, field.name];
          return (
            <FieldInput
              key={field.name}
              owner={owner}
              field={field}
              value={drafting.value(own)}
              problem={drafting.problem(own)}
              onChange={(value) => change(field.name, value)}
            />
          );
        })}
      </Box>
      {(all || shown.length < fields.length) && (
        <Button
          size="small"
          onClick={() => setAll(!all)}
          aria-expanded={all}
          startIcon={all ? <LessIcon /> : <MoreIcon />}
          sx={{ mt: 1 }}
        >
          {translate(all ? 'clusterings.less' : 'clusterings.more', { smart_count: fields.length - shown.length })}
        </Button>
      )}
    </Box>
  );
}
