import { graphql } from '../graphql/graphql.ts';

export const LatencyFields = graphql(`
  fragment LatencyFields on Latency { route requests refused perSecond p50 p95 p99 }
`);

export const StatusFields = graphql(
  `fragment StatusFields on SystemStatus {
    at version commit host startedAt uptimeSeconds
    memory { rss heapUsed heapTotal machineFree machineTotal }
    queue { pending running paused waitingSince completed failed cancelled }
    processes { id role takesJobs host pid commit startedAt seenAt alive memoryBytes jobs { id pipeline } }
    latency { ...LatencyFields }
    routes { ...LatencyFields }
    dependencies { name up outages }
    readiness { ready checks { name status message } }
  }`,
  [LatencyFields],
);

export const SystemStatusNow = graphql(`query SystemStatusNow { systemStatus { ...StatusFields } }`, [StatusFields]);

export const SystemStatusChanged = graphql(
  `subscription SystemStatusChanged($everySeconds: Int!) {
    systemStatusChanged(everySeconds: $everySeconds) { ...StatusFields }
  }`,
  [StatusFields],
);
