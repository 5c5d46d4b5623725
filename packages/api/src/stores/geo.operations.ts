/** Use cases of places: what is wrong with a table's coordinates, and the clusters on a map. */
import type { CoordinateFault } from '@kindred/ml/geo/coordinates.ts';
import { pointCells, windowOf } from '../charts/point-cells.ts';
import { clusteringFile, clusteringJob } from '../clustering/clustering.operations.ts';
import { clusteringParams } from '../clustering/clustering-params.ts';
import { parseLabels } from '../clustering/labels-file.ts';
import type { Core } from '../core.ts';
import { DomainError } from '../errors.ts';
import type { Json } from '../pipelines/stage.ts';
import { openTable, type UploadedColumns } from '../uploads/columnar/open-table.ts';
import { requireDataset, requireTable, tableArtifact } from '../uploads/stored-tables.ts';
import { nameColumn } from './find-coordinates.ts';
import { readPlaces } from './places.ts';

export interface PlaceCheck {
  readonly latitude: string;
  readonly longitude: string;
  readonly rows: number;
  /** Rows whose coordinates are a place, the columns exchanged back if they are. */
  readonly places: number;
  readonly swapped: boolean;
  readonly reason: string;
  readonly faults: Readonly<Record<CoordinateFault, number>>;
  readonly examples: readonly { readonly row: number; readonly fault: CoordinateFault }[];
  /** Rows whose own two coordinates are likely exchanged, though both could be either. */
  readonly suspected: number;
  /** The first of them, with their coordinates as they are given. */
  readonly suspects: readonly { readonly row: number; readonly latitude: number; readonly longitude: number }[];
  /** Rows at the very place of a row before them. */
  readonly duplicates: number;
}

const MOST_EXAMPLES = 20;

/**
 * What is wrong with the coordinates of a data set's newest table.
 * @throws DomainError NOT_FOUND for the data set; INVALID_INPUT where it has no coordinates.
 */
export async function checkPlaces(
  core: Core,
  datasetId: string,
  named: { latitude: string | null; longitude: string | null },
): Promise<PlaceCheck> {
  const em = core.database.fork();
  const stored = await requireTable(em, await requireDataset(em, datasetId));
  await using table = await openTable(await core.objects.path(stored.tableKey));
  return checkOf(table, await placesOf(table, named));
}

function checkOf(table: UploadedColumns, { columns, checked, given }: Places): PlaceCheck {
  const { latitudes, longitudes, faults, swapped, reason } = checked;
  const counts = { missing: 0, out_of_range: 0, zero: 0 };
  for (const { fault } of faults) counts[fault]++;
  const places = table.rows - faults.length;
  const different = new Set<string>();
  latitudes.forEach((latitude, row) => {
    if (!Number.isNaN(latitude)) different.add(`${latitude} ${longitudes[row]}`);
  });
  return {
    ...columns,
    rows: table.rows,
    places,
    swapped,
    reason,
    faults: counts,
    examples: faults.slice(0, MOST_EXAMPLES),
    suspected: checked.exchangedRows.length,
    suspects: checked.exchangedRows
      .slice(0, MOST_EXAMPLES)
      .map((row) => ({ row, latitude: given.latitudes[row], longitude: given.longitudes[row] })),
    duplicates: places - different.size,
  };
}

/** Points of a map; more stores than that are put together by a grid. */
export const MOST_POINTS = 5000;

export interface ClusteringMap {
  readonly geojson: Record<string, Json>;
  /** Of all rows of the table that was clustered, also those that were left out. */
  readonly check: PlaceCheck;
}

/**
 * The stores of a job with their clusters as GeoJSON (RFC 7946), and what is wrong with their places.
 * @throws DomainError NOT_FOUND; ARTIFACT_MISSING before its clustering; INVALID_INPUT where the table has no coordinates.
 */
export async function clusteringMap(core: Core, jobId: string): Promise<ClusteringMap> {
  const job = await clusteringJob(core, jobId);
  const { objectKey } = await clusteringFile(core, jobId, 'labels.bin');
  const { labels, index } = parseLabels(await core.objects.get(objectKey));
  const stored = await tableArtifact(core.database.fork(), job.datasetVersion?.id ?? '');
  await using table = await openTable(await core.objects.path(stored.key));
  const found = await placesOf(table, clusteringParams.parse(job.params).geo ?? {});
  const { checked } = found;
  const points = {
    x: Float64Array.from(index, (row) => checked.longitudes[row]),
    y: Float64Array.from(index, (row) => checked.latitudes[row]),
    labels,
  };
  const placed = Array.from(labels.keys()).filter((at) => !Number.isNaN(points.x[at]));
  const isGrid = placed.length > MOST_POINTS;
  const features = isGrid
    ? pointCells(points, MOST_POINTS).cells.map(({ x, y, label, count }) =>
        feature([x, y], { cluster: label, stores: count }),
      )
    : await singles(table, placed, points, index);
  const { x, y } = windowOf(points);
  const geojson = {
    type: 'FeatureCollection',
    bbox: [Math.max(-180, x[0]), Math.max(-90, y[0]), Math.min(180, x[1]), Math.min(90, y[1])],
    features,
    stores: placed.length,
    without_place: labels.length - placed.length,
    grid: isGrid,
    exchanged: checked.swapped,
  };
  return { geojson, check: checkOf(table, found) };
}

async function singles(
  table: UploadedColumns,
  placed: readonly number[],
  { x, y, labels }: { x: Float64Array; y: Float64Array; labels: Int32Array },
  index: Int32Array,
): Promise<Json[]> {
  const name = nameColumn(table.columns.map((column) => column.name));
  const names = name === undefined ? () => null : await namesOf(table, name);
  return placed.map((at) => feature([x[at], y[at]], { index: index[at], name: names(index[at]), cluster: labels[at] }));
}

async function namesOf(table: UploadedColumns, name: string): Promise<(row: number) => string | null> {
  if (table.columns.find((column) => column.name === name)?.type === 'text') {
    const { codes, dictionary } = await table.texts(name);
    return (row) => dictionary[codes[row]] ?? null;
  }
  const numbers = await table.numbers(name);
  return (row) => (Number.isNaN(numbers[row]) ? null : String(numbers[row]));
}

const feature = (coordinates: [number, number], properties: Record<string, Json>): Json => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: coordinates.map((degrees) => Number(degrees.toFixed(6))) },
  properties,
});

type Places = Awaited<ReturnType<typeof placesOf>>;

async function placesOf(table: UploadedColumns, named: Parameters<typeof readPlaces>[1]) {
  const found = await readPlaces(table, named);
  if (found) return found;
  throw new DomainError('INVALID_INPUT', 'No columns of the data set are named as latitude and longitude', {
    details: { field: 'geo' },
  });
}
