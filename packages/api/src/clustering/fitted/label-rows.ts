import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../../pipelines/stage.ts';
import { TABLE } from '../../uploads/columnar/open-table.ts';
import { cellValue } from '../cell-value.ts';
import { writeCsv } from '../csv-writer.ts';
import { fitContext } from '../fit-context.ts';
import { sizesOf } from '../labels-file.ts';
import { readTable, type TypedTable } from '../read-table.ts';
import { loadPipeline, PIPELINE_MODEL } from './fitted-pipeline.ts';
import { PIPELINE_FACTS, pipelineFacts } from './pipeline-facts.ts';

/** Gives each row of a data set the label that a fitted pipeline has for it. */
export const labelRowsStage: Stage = {
  name: 'label_rows',
  codeVersion: 1,
  inputs: [TABLE, PIPELINE_MODEL, PIPELINE_FACTS],
  params: [],
  weight: 1,
  async run(context) {
    context.progress(0, 'reading the table');
    const table = await readTable(context);
    const pipeline = loadPipeline(await readFile(await context.path(PIPELINE_MODEL)));
    const facts = pipelineFacts.parse(await context.json(PIPELINE_FACTS));
    await using fit = fitContext(context, 'placing the rows', [0.2, 0.7]);
    const { labels, values } = pipeline.place(withEmptyColumns(table), fit);
    context.progress(0.7, 'writing rows');
    const file = join(context.scratch, 'labelled.csv');
    const { columns } = table;
    const names = ['index', ...columns.map(({ name }) => name), 'Cluster', facts.placing.value];
    await writeCsv(file, names, table.rows, (row, at) => {
      if (at === 0) return row;
      if (at <= columns.length) return cellValue(columns[at - 1], row);
      if (at === columns.length + 1) return labels[row];
      return Number.isFinite(values[row]) ? values[row] : null;
    });
    await context.output('labelled.csv', file);
    return {
      summary: {
        rows: table.rows,
        sizes: [...sizesOf(labels)].map(([label, rows]) => ({ label, rows })),
        placing: facts.placing,
        own: facts.own,
      },
    };
  },
};

/** Columns without any value are not read, and may be asked for. */
const withEmptyColumns = (table: TypedTable): TypedTable => ({
  ...table,
  columns: [
    ...table.columns,
    ...table.types
      .filter(({ type }) => type === 'empty')
      .map((column) => ({ ...column, values: new Float64Array(table.rows).fill(Number.NaN) })),
  ],
});
