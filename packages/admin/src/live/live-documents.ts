import { graphql } from '../graphql/graphql.ts';
import { JobRow } from '../jobs/job-documents.ts';

export const JobUpdated = graphql('subscription JobUpdated { jobUpdated { ...JobRow } }', [JobRow]);

export const VersionUpdated = graphql(
  `subscription VersionUpdated { versionUpdated { id name ordinal status committedAt processedAt } }`,
);

export const DeploymentChanged = graphql(
  `subscription DeploymentChanged { deploymentChanged { serial modelVersion { id version aliases } } }`,
);

export const DriftReported = graphql(
  `subscription DriftReported { driftReported { id driftDetected driftScore actionTaken } }`,
);

export const ModelPromoted = graphql(
  `subscription ModelPromoted { modelPromoted { id alias modelVersion { id aliases } previous { id aliases } } }`,
);
