/** As the service asks for. */
export const SHORTEST_PASSWORD = 12;
