// THE LIST of what the schema is made of: each of these files adds its types and fields to the builder when it is loaded.
import './scalars.ts';
import './expected-errors.ts';
import '../artifacts/artifact.graphql.ts';
import '../clustering/clustering.graphql.ts';
import '../clustering/compare/compare.graphql.ts';
import '../clustering/fitted/label.graphql.ts';
import '../clustering/forecast/forecast.graphql.ts';
import '../datasets/dataset.graphql.ts';
import '../drift/drift-report.graphql.ts';
import '../dvc/dvc-revision.graphql.ts';
import '../experiments/experiment-run.graphql.ts';
import '../health/readiness.graphql.ts';
import '../jobs/job.graphql.ts';
import '../lineage/lineage.graphql.ts';
import '../lookalike/lookalike.graphql.ts';
import '../lookalike/offers.graphql.ts';
import '../lookalike/receive/receive.graphql.ts';
import '../metrics/metric.graphql.ts';
import '../models/model.graphql.ts';
import '../presets/preset.graphql.ts';
import '../quality/validation-result.graphql.ts';
import '../uploads/upload.graphql.ts';
import { builder } from './builder.ts';

export const schema = builder.toSchema();
