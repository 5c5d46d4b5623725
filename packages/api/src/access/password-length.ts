/** In characters; nothing else is asked of a password, as NIST SP 800-63B has it. */
export const SHORTEST_PASSWORD = 12;
/** Longer ones say nothing more, and cost. */
export const LONGEST_PASSWORD = 1024;
