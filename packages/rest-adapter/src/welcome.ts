import type { Config } from '@kindred/api/config.ts';

/** What to open and what to try, printed when the service takes data. */
export function welcome(url: string, config: Config): string {
  if (config.role === 'worker') return `\n  Kindred takes jobs; ${url} answers /live, /ready and /metrics alone\n`;
  const auth = config.restToken === undefined ? '' : ` -H 'authorization: Bearer <token>'`;
  const database = config.databaseUrl === undefined ? 'embedded' : 'PostgreSQL';
  return `
  Kindred listens at ${url}   (database: ${database}, data: ${config.dataDir})

    Console       ${url}/
    Status page   ${url}/status-page
    GraphiQL      ${url}/graphql
    REST docs     ${url}/docs
    Metrics       ${url}/metrics

  To try:

    npm start -- --demo          streams a demo world and asks for an audience
    curl${auth} ${url}/status
    curl${auth} ${url}/lookalike -d '{"merchant_id":1,"offer_id":1,"top_n":5}'
`;
}

/** Of the first administrator; it is kept nowhere. */
export function firstPassword(password: string): string {
  return `
  The first administrator is made. Sign in at the console as

    name       admin
    password   ${password}

  and choose another password. This one is not shown again; docs/access.md says how to reset it.
`;
}
