import type { Caller } from '@kindred/api/access/caller.ts';
import type { Lookalike } from '@kindred/api/lookalike/lookalike.operations.ts';

export interface Example {
  readonly query: string;
  readonly variables?: string;
}

/**
 * Questions that a first visitor would ask, each in a tab of its own. Ids in them are of what serves, so that each has an
 * answer as it stands; before the first version is served they are placeholders, and the comments say so.
 */
export function examples({ server, follower }: Lookalike, caller: Caller): readonly Example[] {
  const { world } = server;
  const offer = world ? newestOffer(world.offers.brand, world.offers.start) : undefined;
  const ids =
    world && offer !== undefined
      ? { merchantId: world.offers.merchantIds[offer], offerId: world.offers.ids[offer] }
      : { merchantId: 1, offerId: 1 };
  const userId = world?.userIds[0] ?? 1;
  const note = offer === undefined ? '# Nothing is served yet: commit a version, or run  npm start -- --demo\n' : '';
  const deployment = follower.current?.deploymentId ?? 1;
  return [
    ...introduction(caller),
    { query: OVERVIEW },
    { query: note + OFFERS },
    { query: note + AUDIENCE, variables: pretty(ids) },
    { query: note + MEMBER, variables: pretty({ ...ids, userId }) },
    { query: MONITORING },
    { query: note + LINEAGE, variables: pretty({ key: String(deployment) }) },
    { query: PROGRESS },
  ];
}

/** What whoever opens the page has to do first. */
function introduction(caller: Caller): readonly Example[] {
  if (caller.kind === 'stranger') return [{ query: SIGN_IN, variables: pretty({ name: 'admin', password: '' }) }];
  if (caller.kind !== 'user' || !caller.mustChangePassword) return [];
  return [{ query: CHANGE_PASSWORD, variables: pretty({ current: '', next: '' }) }];
}

const pretty = (variables: object) => JSON.stringify(variables, null, 2);

/** The offer with a brand that starts last: one without a brand has no audience. */
function newestOffer(brand: ArrayLike<number>, start: ArrayLike<number>): number | undefined {
  let newest: number | undefined;
  for (let at = 0; at < brand.length; at++) {
    if (brand[at] >= 0 && (newest === undefined || start[at] > start[newest])) newest = at;
  }
  return newest;
}

const SIGN_IN = `# You are a stranger here, and so see nothing, not even the schema. Write your name and password into the variables below,
# run this, and load the page again. Or set a key under Headers: {"authorization": "Bearer kdr_..."}
# The first start of the service has printed the password of admin; docs/access.md says how to reset it.
mutation SignIn($name: String!, $password: String!) {
  signIn(name: $name, password: $password) {
    ... on Me { name role mustChangePassword }
    ... on SignInRefusedError { message retryAfter }
  }
}
`;

const CHANGE_PASSWORD = `# Choose a password of your own, of 12 characters or more; until then nothing else is allowed. Then load the page again.
mutation ChangePassword($current: String!, $next: String!) {
  changePassword(current: $current, next: $next) {
    ... on Me { name role }
    ... on DomainError { message }
  }
}
`;

const OVERVIEW = `# What serves, and what is going on. Run with Ctrl+Enter.
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
`;

const OFFERS = `# What audiences can be asked for, the newest offers first.
query Offers {
  offers(first: 10) {
    nodes { offerId merchantId startDate endDate text }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const AUDIENCE = `# The best audience for an offer, and why. The ids are in the variables below.
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
`;

const MEMBER = `# Why is this client in or out, and what would bring the client across the edge?
query Why($merchantId: SafeInt!, $offerId: SafeInt!, $userId: SafeInt!) {
  audienceMember(merchantId: $merchantId, offerId: $offerId, userId: $userId) {
    ... on ExplainedMember {
      customer
      score
      threshold
      contributions { feature impact }
      counterfactual { attribute from to score }
    }
    ... on DomainError { code message }
  }
}
`;

const MONITORING = `# Verdicts of the last versions.
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
`;

const LINEAGE = `# What the answers of now were made from: data, files, stages and model behind the deployment that serves.
query Lineage($key: String!) {
  lineage(kind: deployment, key: $key, direction: upstream) {
    nodes { kind key }
    links { relation from { kind key } to { kind key } }
    truncated
  }
}
`;

const PROGRESS = `# Live: press play, then commit a version.
subscription Progress {
  stageProgress { stage status progress message etaSeconds }
}
`;
