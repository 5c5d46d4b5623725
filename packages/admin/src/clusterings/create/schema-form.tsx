import LessIcon from '@mui/icons-material/ExpandLessOutlined';
import MoreIcon from '@mui/icons-material/ExpandMoreOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Path } from './draft.ts';
import { FieldInput } from './field-input.tsx';
import { fieldsOf } from './schema-fields.ts';
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

/** The fields of a schema: the first ones and those that were changed or are wrong, the rest when asked for. */
export function SchemaForm({ owner, schema, path, drafting, first = 3, without = [] }: SchemaFormProps) {
  const translate = useTranslate();
  const [all, setAll] = useState(false);
  const fields = fieldsOf(schema).filter(({ name }) => !without.includes(name));
  const shown = fields.filter(({ name }, at) => {
    const own = [...path, name];
    const value = drafting.value(own);
    return (
      all || at < first || drafting.problem(own) !== undefined || (value !== undefined && value !== fields[at]?.default)
    );
  });
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
              onChange={(value) => drafting.change(own, value)}
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
