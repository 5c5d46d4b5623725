import { downloadCSV, useListContext } from 'react-admin';
import { useDeed } from '../graphql/use-deed.ts';
import { auditCsv } from './audit-csv.ts';
import { AuditList } from './audit-documents.ts';
import { type AuditEntry, auditVariables } from './audit-resource.ts';

const PAGE = 100;
/** More are no reading for a spreadsheet; narrower filters give them in parts. */
export const MOST_ENTRIES = 10_000;

/** Downloads all that the filters let through, not only the page that is shown. */
export function useAuditDownload(onDone: (count: number) => void, onFailure: (error: unknown) => void) {
  const { filterValues: filter, sort } = useListContext();
  return useDeed<void, readonly AuditEntry[]>(
    async (ask) => {
      const entries: AuditEntry[] = [];
      let after: string | null = null;
      do {
        const variables = auditVariables({ first: PAGE, after, sort, filter });
        const { page }: Awaited<ReturnType<typeof ask<typeof AuditList>>> = await ask(AuditList, variables);
        entries.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null && entries.length < MOST_ENTRIES);
      return entries;
    },
    {
      shown: [],
      onDone: (entries) => {
        downloadCSV(auditCsv(entries), 'kindred-audit');
        onDone(entries.length);
      },
      onFailure,
    },
  );
}
