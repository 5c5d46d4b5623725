/** 32 signs that nobody mistakes for each other. */
const SIGNS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 100 bits, in groups that can be read aloud. */
export function madeUpPassword(): string {
  const signs = Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => SIGNS.charAt(byte % SIGNS.length));
  return signs.join('').replace(/(.{5})(?=.)/g, '$1-');
}
