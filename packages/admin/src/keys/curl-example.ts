/** Asks who the key is: every key may. */
export function curlExample(origin: string, token: string): string {
  return [
    `curl ${origin}/graphql`,
    `  -H 'Authorization: Bearer ${token}'`,
    `  -H 'Content-Type: application/json'`,
    `  -d '{"query": "{ me { name role may } }"}'`,
  ].join(' \\\n');
}
