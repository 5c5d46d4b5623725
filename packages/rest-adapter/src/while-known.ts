const LONGEST_MS = 2000;

/**
 * Sets a gauge from the database. While that does not answer, the gauge is left out and the rest of the page is there all the same.
 *
 * @param forget takes away what the gauge said before.
 */
export async function whileKnown(set: () => Promise<void>, forget: () => void): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('late')), LONGEST_MS);
  try {
    await Promise.race([set(), late]);
  } catch {
    forget();
  } finally {
    clearTimeout(timer);
  }
}
