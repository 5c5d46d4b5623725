/** Questions that a first visitor would ask, each in a tab of its own. */
export const EXAMPLES: readonly { readonly query: string; readonly variables?: string }[] = [
  {
    query: `# What serves, and what is going on. Run with Ctrl+Enter.
query Overview {
  serviceStatus { ready modelVersion dataVersion pipelineStatus }
  servedModel {
    version
    featuresCount
    trainedOn { name }
    trainMetrics { key value }
  }
  jobs(first: 5) {
    nodes {
      pipeline
      status
      outcome
      datasetVersion { name }
      stages { name status progress message }
    }
  }
}
`,
  },
  {
    query: `# The best audience for an offer, and why.
query Audience($merchantId: SafeInt!, $offerId: SafeInt!) {
  audience(merchantId: $merchantId, offerId: $offerId, topN: 10) {
    ... on Audience {
      modelVersion
      dataVersion
      members { userId score }
      reasons { feature impact }
    }
    ... on DomainError { code message }
  }
}
`,
    variables: '{ "merchantId": 1, "offerId": 1 }',
  },
  {
    query: `# Verdicts of the last versions.
query Monitoring {
  latestDriftReport { datasetVersion { name } driftDetected driftScore actionTaken }
  latestValidationResult {
    datasetVersion { name }
    valid
    checksTotal
    checksFailed
    failedChecks { table check details severity }
  }
  experimentRuns(first: 10) {
    nodes { runId modelVersion datasetVersion { name } metrics { key value } }
  }
}
`,
  },
  {
    query: `# Live: press play, then commit a version.
subscription Progress {
  stageProgress { stage status progress message etaSeconds }
}
`,
  },
];
