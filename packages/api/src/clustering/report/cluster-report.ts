/** What a report of a clustering tells, whatever it is written as. */
export interface ReportPicture {
  readonly title: string;
  readonly png: Buffer;
  /** Pixels on the page. */
  readonly width: number;
  readonly height: number;
}

export interface ReportMetric {
  readonly name: string;
  readonly value: number;
  readonly definition: string;
}

export interface ReportCluster {
  /** -1 is noise. */
  readonly label: number;
  readonly name: string;
  readonly size: number;
  readonly share: number;
  /** What sets it apart, in a sentence. */
  readonly description: string;
  /** Mean of each feature, in the data's own units; NaN where it has none. */
  readonly means: ArrayLike<number>;
}

export type ReportValue = number | string | boolean | null;

export interface ClusterReport {
  readonly title: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly metrics: readonly ReportMetric[];
  readonly features: readonly string[];
  /** Those of the features that are told first; none where nobody named any. */
  readonly defaults: readonly string[];
  /** Means and standard deviations of all rows. */
  readonly means: ArrayLike<number>;
  readonly deviations: ArrayLike<number>;
  readonly clusters: readonly ReportCluster[];
  readonly columns: readonly string[];
  readonly rows: number;
  value(row: number, column: number): ReportValue;
  /** Label of a row. */
  cluster(row: number): number;
  readonly pictures: readonly ReportPicture[];
}
