export const requestsEn = {
  resources: {
    requests: {
      fields: {
        at: 'When',
        request: 'Request',
        status: 'Answer',
        milliseconds: 'Took',
        method: 'Method',
        refused: 'Outcome',
        slowerThan: 'Slower than, ms',
        code: 'Code',
        requestId: 'Request id',
        route: 'Route',
        operation: 'Operation',
      },
    },
  },
  requests: { any: 'All', refused: 'Refused', served: 'Served', ms: 'ms' },
};
