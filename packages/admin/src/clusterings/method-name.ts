import { useTranslate } from 'react-admin';

/** A method as people call it; one that nobody has named is told as it is written. */
export function useMethodName(): (method: string) => string {
  const translate = useTranslate();
  return (method) => translate(`clusterings.method.${requestName(method)}`, { _: readable(method) });
}

/** `kMeans` and `k_means` are one method: jobs and presets have the first, forms the second. */
export function requestName(method: string): string {
  return method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `covariance_type` as words. */
export function readable(name: string): string {
  const words = requestName(name).replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
