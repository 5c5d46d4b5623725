import { graphql } from '../graphql/graphql.ts';
import { JobRow } from '../jobs/job-documents.ts';

export const OverviewState = graphql(`
  query OverviewState {
    serviceStatus { ready dataVersion modelVersion pipelineStatus }
    servedModel { id version createdAt featuresCount trainedOn { id name } trainMetrics { key value } }
    latestDriftReport { id driftDetected driftScore actionTaken datasetVersion { id name } }
    latestValidationResult { id valid checksTotal checksPassed datasetVersion { id name } }
    readiness { ready checks { name status message } }
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
