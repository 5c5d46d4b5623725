import { TABLE_NAMES } from '@kindred/api/lookalike/tables.ts';
import { z } from 'zod';
import { versionName } from '../contract.ts';
import { jsonRoute } from '../route.ts';
import { ERROR_FIELDS } from '../run-document.ts';

interface Commit {
  readonly tablesReceived: readonly string[];
}

export const dataCommit = jsonRoute({
  id: 'commitVersion',
  method: 'post',
  path: '/data/commit',
  tag: 'data',
  summary: 'Close a version and start its pipeline',
  description: 'A repeat starts nothing. A version that nothing was received for is invalid: its pipeline skips it.',
  bodyLimit: 64 * 1024,
  request: z.object({ version: versionName }).meta({ id: 'Commit' }),
  response: z
    .object({ status: z.literal('accepted'), tables_received: z.array(z.enum(TABLE_NAMES)) })
    .meta({ id: 'CommitAccepted' }),
  errors: {
    400: 'version is missing or wrong',
    503: 'a store does not answer; the commit can be sent again',
    507: 'a disk is full; the commit can be sent again when there is room',
  },
  example: { version: 'v1' },
  document: `mutation CommitVersion($version: String!) {
    commitVersion(version: $version) { ... on VersionCommit { tablesReceived } ${ERROR_FIELDS} }
  }`,
  async handle(run, { version }) {
    const commit = (await run({ version })) as Commit;
    return { value: { status: 'accepted', tables_received: commit.tablesReceived } };
  },
});
