import { useLocaleState, useTranslate } from 'react-admin';

interface Period {
  readonly startDate: string;
  readonly endDate: string | null;
}

/** From when to when an offer runs, in words. */
export function useOfferPeriod(): (offer: Period) => string {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return ({ startDate, endDate }) => {
    const from = new Date(startDate);
    return endDate === null
      ? translate('lookalike.without_end', { from: format.format(from) })
      : format.formatRange(from, new Date(endDate));
  };
}
