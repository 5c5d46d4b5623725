import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import type { CommonMember } from './overlap.ts';
import { probability } from './probability.ts';

const STEP = 10;

/** Who is in both audiences, with the place in each. */
export function CommonMembers({ members }: { readonly members: readonly CommonMember[] }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [shown, setShown] = useState(STEP);
  if (members.length === 0) return translate('lookalike.compare.nobody');
  const place = ({ ranks, scores }: CommonMember, of: 0 | 1) => `${ranks[of]} · ${probability(scores[of], locale)}`;
  return (
    <Box>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{translate('lookalike.client')}</TableCell>
            <TableCell align="right">{translate('lookalike.compare.first')}</TableCell>
            <TableCell align="right">{translate('lookalike.compare.second')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {members.slice(0, shown).map((member) => (
            <TableRow key={member.userId}>
              <TableCell component="th" scope="row">
                {member.userId}
              </TableCell>
              <TableCell align="right">{place(member, 0)}</TableCell>
              <TableCell align="right">{place(member, 1)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {shown < members.length && (
        <Button onClick={() => setShown(members.length)} sx={{ mt: 1 }}>
          {translate('lookalike.more_members', { smart_count: members.length - shown })}
        </Button>
      )}
    </Box>
  );
}
