import { useTranslate } from 'react-admin';

export interface CheckWords {
  name(check: string): string;
  said(message: string): string;
}

/** What the service says of its own checks, in the console's language; as it is where nobody has translated it. */
export function useCheckWords(): CheckWords {
  const translate = useTranslate();
  return {
    name: (check) => translate(`overview.health.check.${check}`, { _: check }),
    said: (message) =>
      translate(`overview.health.said.${keyOf(message)}`, { count: Number.parseInt(message, 10), _: message }),
  };
}

/** `3 are not done` as `are_not_done`. */
export const keyOf = (message: string): string =>
  message
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replaceAll(' ', '_');
