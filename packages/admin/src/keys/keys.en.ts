export const keysEn = {
  resources: {
    keys: {
      fields: {
        name: 'Name',
        prefix: 'Token',
        role: 'Role',
        scopes: 'Scopes',
        state: 'State',
        lastUsedAt: 'Last used',
        createdAt: 'Created',
      },
    },
  },
  keys: {
    never: 'never',
    no_end: 'no end',
    state: { usable: 'Works', expired: 'Expired', revoked: 'Revoked' },
    scope: {
      read: 'Read',
      data: 'Data',
      jobs: 'Jobs',
      models: 'Models',
      schedules: 'Schedules',
      access: 'Access',
    },
    scope_means: { read: 'All that the role may see: queries and subscriptions' },
    scope_needs_more: 'Opens nothing to this role: it needs a higher one',
    expiry: { week: '7 days', month: '30 days', quarter: '90 days', year: 'A year', never: 'No end' },
    create: {
      label: 'Create an API key',
      name_help: 'Which program uses it; no two keys have the same name',
      expiry: 'Works for',
      no_scope: 'Choose at least one',
      submit: 'Create',
      done: 'The key is created',
    },
    token: {
      title: 'Token of %{name}',
      text: 'It is shown now and never again. Keep it where the program finds it and nobody else; whoever has it may do what the key may.',
      label: 'Token',
      example: 'Try it in a shell: it tells who the key is and what it may do',
    },
    revoke: {
      label: 'Revoke',
      title: 'Revoke %{name}?',
      text: 'Programs that use it are refused from now on. This cannot be taken back: they need another key.',
      done: 'The key is revoked',
    },
    empty: {
      title: 'No API keys yet',
      text: 'A key lets a program use the API in place of somebody who signs in. Give it the least role and the fewest scopes that do.',
    },
  },
};
