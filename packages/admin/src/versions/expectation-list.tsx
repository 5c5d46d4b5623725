import ExpandIcon from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { Facts } from '../display/facts.tsx';
import { number } from '../display/numbers.ts';
import { StatusChip } from '../display/status-chip.tsx';
import { useExpectationWords } from './expectation-words.ts';
import type { Expectation, Quality } from './version-documents.ts';

/** Rows at first: a suite has some hundred, and each row is a part that opens. */
const STEP = 10;

export interface ExpectationListProps {
  readonly expectations: readonly Expectation[];
  /** In words, of those that failed. */
  readonly details: Quality['failedChecks'];
}

export function ExpectationList({ expectations, details }: ExpectationListProps) {
  const translate = useTranslate();
  const [shown, setShown] = useState(STEP);
  const inWords = useExpectationWords();
  const sentences = new Map(details.map((each) => [`${each.table} ${each.check}`, each.details]));
  return (
    <Box>
      {expectations.slice(0, shown).map((expectation) => (
        <ExpectationRow
          key={`${expectation.table} ${expectation.check}`}
          expectation={expectation}
          words={inWords(expectation, sentences.get(`${expectation.table} ${expectation.check}`))}
        />
      ))}
      {shown < expectations.length && (
        <Button onClick={() => setShown(expectations.length)} sx={{ mt: 1 }}>
          {translate('versions.quality.more', { smart_count: expectations.length - shown })}
        </Button>
      )}
    </Box>
  );
}

interface ExpectationRowProps {
  readonly expectation: Expectation;
  readonly words: string | undefined;
}

function ExpectationRow({ expectation, words }: ExpectationRowProps) {
  const { table, check, success, severity } = expectation;
  return (
    <Accordion
      disableGutters
      elevation={0}
      slotProps={{ transition: { unmountOnExit: true } }}
      sx={{ borderTop: 1, borderColor: 'divider' }}
    >
      <AccordionSummary expandIcon={<ExpandIcon />}>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', minWidth: 0 }}>
          <Verdict success={success} severity={severity} />
          <Typography sx={{ overflowWrap: 'anywhere' }}>
            {table} · {check}
          </Typography>
          {words && (
            <Typography variant="body2" color="textSecondary">
              {words}
            </Typography>
          )}
        </Stack>
      </AccordionSummary>
      <AccordionDetails>
        <ExpectationFacts expectation={expectation} />
      </AccordionDetails>
    </Accordion>
  );
}

function Verdict({ success, severity }: { readonly success: boolean; readonly severity: string }) {
  const translate = useTranslate();
  if (success) return <StatusChip status="ok" label={translate('versions.quality.met')} />;
  const status = severity === 'critical' ? 'invalid' : 'degraded';
  return <StatusChip status={status} label={translate(`versions.quality.failed_${severity}`, { _: severity })} />;
}

function ExpectationFacts({ expectation }: { readonly expectation: Expectation }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { type, elements, missing, unexpected, unexpectedPercent, observed, kwargs, samples } = expectation;
  const word = (name: string) => translate(`versions.quality.${name}`);
  const count = (value: number | null) => (value === null ? '—' : number(value, locale));
  const share = unexpectedPercent === null ? '' : ` (${number(unexpectedPercent, locale)} %)`;
  return (
    <>
      <Facts
        facts={[
          { label: word('type'), value: <code>{type}</code> },
          { label: word('elements'), value: count(elements) },
          { label: word('missing'), value: count(missing) },
          { label: word('unexpected'), value: `${count(unexpected)}${share}` },
          { label: word('observed'), value: observed === null ? '—' : <code>{JSON.stringify(observed)}</code> },
          { label: word('kwargs'), value: <code>{JSON.stringify(kwargs)}</code> },
        ]}
      />
      {samples.length > 0 && (
        <Box sx={{ mt: 1.5 }}>
          <Typography variant="body2" color="textSecondary">
            {word('samples')}
          </Typography>
          <Stack component="ul" direction="row" sx={{ gap: 1, flexWrap: 'wrap', listStyle: 'none', p: 0, m: 0 }}>
            {samples.map(({ value, count: times }) => (
              <li key={value}>
                <code>{value}</code>
                {times === null ? '' : ` × ${number(times, locale)}`}
              </li>
            ))}
          </Stack>
        </Box>
      )}
    </>
  );
}
