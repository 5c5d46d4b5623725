import { mapChart } from '../../charts/map-chart.ts';
import { readPlaces } from '../../stores/places.ts';
import { openTable, TABLE } from '../../uploads/columnar/open-table.ts';
import { stageParams } from '../clustering-params.ts';
import type { ChartMaker } from './chart-data.ts';

/** Where the rows are on the earth, for tables that tell. */
export const map: ChartMaker = async ({ labels, reduced: { index } }, _, context) => {
  await using table = await openTable(await context.path(TABLE));
  const places = await readPlaces(table, stageParams(context).geo ?? {});
  if (!places) return { why: 'no columns are named as latitude and longitude' };
  const { latitudes, longitudes, swapped, faults } = places.checked;
  if (faults.length === table.rows) return { why: 'no row has a place' };
  const points = {
    x: Float64Array.from(index, (row) => longitudes[row]),
    y: Float64Array.from(index, (row) => latitudes[row]),
    labels,
  };
  return { option: mapChart(points, swapped ? 'Map (the two columns were exchanged)' : 'Map') };
};
