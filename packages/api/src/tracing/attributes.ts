/**
 * Names of attributes by OpenTelemetry's semantic conventions. Written down here, because the package of them loads thousands at
 * every start; a test holds them to it.
 */
export const ATTRIBUTES = {
  CLIENT_ADDRESS: 'client.address',
  ERROR_TYPE: 'error.type',
  GRAPHQL_OPERATION_NAME: 'graphql.operation.name',
  GRAPHQL_OPERATION_TYPE: 'graphql.operation.type',
  HTTP_REQUEST_METHOD: 'http.request.method',
  HTTP_RESPONSE_STATUS_CODE: 'http.response.status_code',
  HTTP_ROUTE: 'http.route',
  MESSAGING_DESTINATION_NAME: 'messaging.destination.name',
  MESSAGING_MESSAGE_ID: 'messaging.message.id',
  MESSAGING_OPERATION_NAME: 'messaging.operation.name',
  MESSAGING_OPERATION_TYPE: 'messaging.operation.type',
  MESSAGING_SYSTEM: 'messaging.system',
  NETWORK_PROTOCOL_VERSION: 'network.protocol.version',
  SERVER_ADDRESS: 'server.address',
  SERVER_PORT: 'server.port',
  SERVICE_NAME: 'service.name',
  SERVICE_VERSION: 'service.version',
  URL_PATH: 'url.path',
  URL_SCHEME: 'url.scheme',
  USER_AGENT_ORIGINAL: 'user_agent.original',
} as const;
