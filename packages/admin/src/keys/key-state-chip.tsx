import { useTranslate } from 'react-admin';
import { Moment, useNow } from '../display/moment.tsx';
import { StatusChip } from '../display/status-chip.tsx';
import { type Key, stateOf } from './key-resource.ts';

const LOOKS = { usable: 'ok', expired: 'degraded', revoked: 'cancelled' } as const;

/** Whether it works, and until or since when. */
export function KeyStateChip({ value }: { readonly value: Key }) {
  const translate = useTranslate();
  const state = stateOf(value, useNow());
  const at = value.revokedAt ?? value.expiresAt;
  return (
    <>
      <StatusChip status={LOOKS[state]} label={translate(`keys.state.${state}`)} />{' '}
      {at ? <Moment at={at} /> : translate('keys.no_end')}
    </>
  );
}
