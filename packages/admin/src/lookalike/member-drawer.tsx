import CloseIcon from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { FailureNote } from '../display/failure-note.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { AnsweredBy } from './answered-by.tsx';
import { CounterfactualNote } from './counterfactual-note.tsx';
import type { ScoredUser } from './lookalike-documents.ts';
import { MemberScore } from './member-score.tsx';
import { MemberWaterfall } from './member-waterfall.tsx';
import type { OfferKey } from './offer-address.ts';
import { useMember } from './use-member.ts';

import { type Changes, WhatIf } from './what-if.tsx';

export interface MemberDrawerProps {
  readonly offerKey: OfferKey;
  readonly userId: number;
  /** Of the audience that is shown: whether the client is in it, and where. */
  readonly members: readonly ScoredUser[];
  onClose(): void;
}

/** Why one client has the score, what would change that, and what if. */
export function MemberDrawer({ offerKey, userId, members, onClose }: MemberDrawerProps) {
  const translate = useTranslate();
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      slotProps={{
        paper: { sx: { width: { xs: '100%', sm: 560 } }, role: 'dialog', 'aria-labelledby': 'member-title' },
      }}
    >
      <Stack direction="row" sx={{ p: 2, pb: 1, justifyContent: 'space-between', alignItems: 'center' }}>
        <Typography id="member-title" variant="h6" component="h2">
          {translate('lookalike.client_n', { user: userId })}
        </Typography>
        <IconButton onClick={onClose} aria-label={translate('lookalike.close')}>
          <CloseIcon />
        </IconButton>
      </Stack>
      <Box sx={{ px: 2, pb: 3 }}>
        <MemberView
          key={userId}
          {...{ offerKey, userId }}
          rank={members.findIndex((one) => one.userId === userId) + 1}
        />
      </Box>
    </Drawer>
  );
}

interface MemberViewProps {
  readonly offerKey: OfferKey;
  readonly userId: number;
  /** 0: not in the audience that is shown. */
  readonly rank: number;
}

function MemberView({ offerKey, userId, rank }: MemberViewProps) {
  const translate = useTranslate();
  const [changes, setChanges] = useState<Changes>({});
  const { data: asIs, error, refetch } = useMember(offerKey, userId, {});
  const changed = useMember(offerKey, userId, changes);
  if (error) return <FailureNote error={error} onRetry={() => refetch()} />;
  if (!asIs) return <PageLoading />;
  const pretended = Object.keys(changes).length > 0 ? changed.data : undefined;
  const shown = pretended ?? asIs;
  return (
    <Stack spacing={2.5}>
      <AnsweredBy {...shown} />
      <MemberScore asIs={asIs} pretended={pretended} rank={rank} />
      <CounterfactualNote member={asIs} onTry={(attribute, value) => setChanges({ ...changes, [attribute]: value })} />
      <section>
        <Typography variant="subtitle1" component="h3" gutterBottom>
          {translate('lookalike.contributions')}
        </Typography>
        <MemberWaterfall member={shown} />
      </section>
      <section>
        <Typography variant="subtitle1" component="h3" gutterBottom>
          {translate('lookalike.what_if')}
        </Typography>
        {changed.error && <FailureNote error={changed.error} onRetry={() => changed.refetch()} />}
        <WhatIf attributes={asIs.attributes} changes={changes} onChange={setChanges} />
      </section>
    </Stack>
  );
}
