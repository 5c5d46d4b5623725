import { graphql } from '../graphql/graphql.ts';
import { JobRow } from '../jobs/job-documents.ts';

export const OverviewState = graphql(`
  query OverviewState {
    serviceStatus { ready dataVersion modelVersion pipelineStatus }
    servedModel { id version createdAt featuresCount trainedOn { id name } trainMetrics { key value } }
    latestDriftReport { id driftDetected driftScore actionTaken datasetVersion { id name } }
    latestValidationResult { id valid checksTotal checksPassed datasetVersion { id name } }
  }
`);

export const OverviewJobs = graphql(
  `query OverviewJobs {
    unfinished: jobs(first: 10, status: [running, pending, paused]) {
      nodes { ...JobRow }
      totalCount { count exact }
    }
    failed: jobs(first: 3, status: [failed]) { nodes { ...JobRow } }
  }`,
  [JobRow],
);

export const OverviewVersions = graphql(`
  query OverviewVersions {
    datasetVersions(first: 8, dataset: "lookalike") {
      nodes {
        id name ordinal status createdAt
        received { table batches totalBatches }
      }
    }
    validationResults(first: 30) {
      nodes { id valid checksTotal checksPassed createdAt datasetVersion { id name } }
    }
    driftReports(first: 30) {
      nodes { id driftDetected driftScore actionTaken createdAt datasetVersion { id name } }
    }
  }
`);

const SystemFields = graphql(`
  fragment SystemFields on SystemStatus {
    at uptimeSeconds version
    queue { pending running completed failed waitingSince }
    latency { requests refused perSecond p50 p95 p99 }
    memory { rss }
    processes { id host role alive takesJobs seenAt memoryBytes jobs { id } }
    dependencies { name up outages }
    readiness { checks { name status message } }
  }
`);

export const OverviewSystem = graphql(`query OverviewSystem { systemStatus { ...SystemFields } }`, [SystemFields]);

export const SystemChanged = graphql(
  `subscription SystemChanged { systemStatusChanged(everySeconds: 3) { ...SystemFields } }`,
  [SystemFields],
);
