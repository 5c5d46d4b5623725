/**
 * The `meta` of a question for a whole record. react-admin takes a row of a list for the record that it asks by id meanwhile, unless the
 * two differ in this; rows have fewer fields.
 */
export const WHOLE = { whole: true } as const;
