/** The id by which GraphQL knows what REST knows by a uuid. */
export const globalIdOf = (type: string, uuid: string): string => Buffer.from(`${type}:${uuid}`).toString('base64');
