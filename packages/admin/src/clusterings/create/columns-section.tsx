import { Autocomplete, Box, Button, FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../../access/use-me.tsx';
import type { DatasetDetails } from '../../datasets/dataset-resource.ts';
import { ColumnRolesDialog } from './column-roles-dialog.tsx';
import { isObject } from './draft.ts';
import { useParameterWords } from './parameter-texts.ts';
import { FEATURE_GROUPS, useColumnRoles } from './use-column-roles.ts';
import type { Drafting } from './use-draft.ts';

type Column = NonNullable<DatasetDetails['table']>['columns'][number];

export interface ColumnsSectionProps {
  readonly dataset: DatasetDetails;
  readonly drafting: Drafting;
  /** Whether features of places may be asked for. */
  readonly places?: boolean;
}

/** What of the table counts: columns, rows, known classes, places. */
export function ColumnsSection({ dataset, drafting, places = true }: ColumnsSectionProps) {
  const translate = useTranslate();
  const words = useParameterWords();
  const [editing, setEditing] = useState(false);
  const mayRoles = useMay('setColumnRoles');
  const columns = dataset.table?.columns ?? [];
  const names = columns.map(({ name }) => name);
  const roles = useColumnRoles(dataset.id);
  const groups = FEATURE_GROUPS.filter((group) => roles.data?.some((role) => role.group === group));
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))' }}>
      <Texts
        name="columns"
        options={names}
        drafting={drafting}
        empty={translate('clusterings.create.all_columns', { smart_count: names.length })}
      />
      <TextField
        select
        label={words.name('data', 'label_column')}
        value={String(drafting.value(['label_column']) ?? '')}
        onChange={({ target }) => drafting.change(['label_column'], target.value || undefined)}
        helperText={words.help('data', 'label_column', '')}
      >
        <MenuItem value="">{translate('clusterings.create.no_classes')}</MenuItem>
        {names.map((name) => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      {groups.length > 0 && (
        <Texts
          name="feature_groups"
          options={groups}
          drafting={drafting}
          empty={translate('clusterings.create.all_groups')}
          labelOf={(group) => translate(`clusterings.group.${group}`)}
        />
      )}
      <RowFilter columns={columns} drafting={drafting} />
      {places && <Places drafting={drafting} />}
      {mayRoles && (
        <Box sx={{ alignSelf: 'center' }}>
          <Button onClick={() => setEditing(true)}>{translate('clusterings.roles.edit')}</Button>
        </Box>
      )}
      {editing && <ColumnRolesDialog dataset={dataset.id} onClose={() => setEditing(false)} />}
    </Box>
  );
}

interface TextsProps {
  readonly name: string;
  readonly options: readonly string[];
  readonly drafting: Drafting;
  /** What holds while none is chosen. */
  readonly empty: string;
  readonly labelOf?: (option: string) => string;
}

function Texts({ name, options, drafting, empty, labelOf = (option) => option }: TextsProps) {
  const words = useParameterWords();
  const value = drafting.value([name]);
  const problem = drafting.problem([name]);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  return (
    <Autocomplete
      multiple
      disableCloseOnSelect
      limitTags={4}
      options={[...options]}
      value={chosen}
      getOptionLabel={labelOf}
      onChange={(_event, wanted) => drafting.change([name], wanted.length > 0 ? wanted : undefined)}
      renderInput={(params) => (
        <TextField
          {...params}
          label={words.name('data', name)}
          placeholder={chosen.length === 0 ? empty : ''}
          helperText={problem === undefined ? words.help('data', name, '') : words.problem(problem)}
          error={problem !== undefined}
          slotProps={{ ...params.slotProps, inputLabel: { ...params.slotProps.inputLabel, shrink: true } }}
        />
      )}
    />
  );
}

/** Only rows with one of these values. */
function RowFilter({ columns, drafting }: { readonly columns: readonly Column[]; readonly drafting: Drafting }) {
  const translate = useTranslate();
  const words = useParameterWords();
  const filter = drafting.value(['row_filter']);
  const { column, values } = isObject(filter) ? filter : { column: undefined, values: undefined };
  const chosen = Array.isArray(values) ? values.map(String) : [];
  const known = columns.find(({ name }) => name === column)?.top.map(({ value }) => value) ?? [];
  return (
    <>
      <TextField
        select
        label={words.name('data', 'row_filter')}
        value={typeof column === 'string' ? column : ''}
        onChange={({ target }) =>
          drafting.change(['row_filter'], target.value === '' ? undefined : { column: target.value, values: [] })
        }
        helperText={words.help('data', 'row_filter', '')}
      >
        <MenuItem value="">{translate('clusterings.create.all_rows')}</MenuItem>
        {columns.map(({ name }) => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      {typeof column === 'string' && (
        <Autocomplete
          multiple
          freeSolo
          options={known}
          value={chosen}
          onChange={(_event, wanted) => drafting.change(['row_filter', 'values'], wanted)}
          renderInput={(params) => (
            <TextField
              {...params}
              label={translate('clusterings.create.values')}
              error={drafting.problem(['row_filter', 'values']) !== undefined}
              helperText={drafting.problem(['row_filter', 'values']) ?? translate('clusterings.create.values_help')}
            />
          )}
        />
      )}
    </>
  );
}

/** Features of where each row is on the earth. */
function Places({ drafting }: { readonly drafting: Drafting }) {
  const words = useParameterWords();
  const geo = drafting.value(['geo']);
  return (
    <Box>
      <FormControlLabel
        control={
          <Switch
            checked={isObject(geo)}
            onChange={(_event, on) => drafting.change(['geo'], on ? { nearest_store: true } : undefined)}
          />
        }
        label={words.name('data', 'geo')}
      />
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{words.help('data', 'geo', '')}</Box>
    </Box>
  );
}
