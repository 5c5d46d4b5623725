import { Alert, Button } from '@mui/material';
import { useLocaleState, useTranslate } from 'react-admin';
import { useFeatureName, useValueText } from './feature-name.ts';
import type { ExplainedMember } from './lookalike-documents.ts';
import { probability } from './probability.ts';

export interface CounterfactualNoteProps {
  readonly member: ExplainedMember;
  onTry(attribute: string, value: string): void;
}

/** The smallest single change that would bring the client in, or out. */
export function CounterfactualNote({ member, onTry }: CounterfactualNoteProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const nameOf = useFeatureName();
  const textOf = useValueText();
  const { counterfactual, score, threshold } = member;
  const way = score >= threshold ? 'out' : 'in';
  if (!counterfactual) return <Alert severity="info">{translate(`lookalike.counterfactual.none_${way}`)}</Alert>;
  const { attribute, from, to } = counterfactual;
  return (
    <Alert
      severity="info"
      action={
        <Button color="inherit" size="small" onClick={() => onTry(attribute, to)}>
          {translate('lookalike.counterfactual.try')}
        </Button>
      }
    >
      {translate(`lookalike.counterfactual.${way}`, {
        attribute: nameOf(attribute),
        from: textOf(from),
        to: textOf(to),
        score: probability(counterfactual.score, locale),
      })}
    </Alert>
  );
}
