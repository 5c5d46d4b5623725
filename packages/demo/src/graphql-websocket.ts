/** A websocket to the service's GraphQL. Node's takes headers, which the types of browsers' do not know. */
export function graphqlWebSocket(url: string, cookie: string): WebSocket {
  const options: unknown = { protocols: 'graphql-transport-ws', headers: cookie === '' ? {} : { cookie } };
  return new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, options as string);
}
