import { graphql } from '../graphql/graphql.ts';

export const AuditRow = graphql(`
  fragment AuditRow on AuditEntry {
    __typename id at who role action target arguments outcome requestId address
  }
`);

export const AuditList = graphql(
  `query AuditList(
    $first: Int, $after: String, $order: PageOrder, $who: String, $action: String, $since: DateTime, $until: DateTime
  ) {
    page: auditEntries(
      first: $first, after: $after, order: $order, who: $who, action: $action, since: $since, until: $until
    ) {
      nodes { ...AuditRow }
      pageInfo { endCursor hasNextPage }
      totalCount { count exact }
    }
  }`,
  [AuditRow],
);

export const AuditActions = graphql(`query AuditActions { accessRules { mutation } }`);
