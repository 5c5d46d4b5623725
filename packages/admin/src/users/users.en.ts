export const usersEn = {
  resources: {
    users: {
      fields: { name: 'Name', role: 'Role', active: 'Sign-in', createdAt: 'Created', lastSeenAt: 'Last seen' },
    },
  },
  users: {
    you: 'you',
    active: 'Allowed',
    inactive: 'Deactivated',
    never: 'never',
    actions: 'What to do with %{name}',
    means: {
      viewer: 'sees everything but users, keys and settings; changes nothing',
      operator: 'also sends data, runs jobs, promotes models',
      administrator: 'also has users, API keys, the audit journal and settings',
    },
    create: {
      label: 'Add a user',
      title: 'Add a user',
      name_help: 'Letters, digits, dots, hyphens, underscores, @',
      password: 'Password',
      made_up: 'Make up a one-time password',
      typed: 'Type one',
      must_change: 'Must be changed at the first sign-in',
      submit: 'Add',
      done: 'The user is added',
    },
    once: {
      title: 'Password of %{name}',
      text: 'It is shown now and never again. Give it to %{name}, who must choose another at the next sign-in.',
      label: 'One-time password',
    },
    role: {
      label: 'Change the role',
      title: 'Role of %{name}',
      submit: 'Change the role',
      done: 'The role is changed',
    },
    deactivate: {
      label: 'Deactivate',
      title: 'Deactivate %{name}?',
      text: 'The user is signed out everywhere and cannot sign in until activated again. What the user did stays in the journal.',
      done: 'The user is deactivated',
    },
    activate: { label: 'Activate', done: 'The user may sign in again' },
    reset: {
      label: 'Reset the password',
      title: 'Reset the password of %{name}?',
      text: 'The user is signed out everywhere. You get a one-time password to pass on.',
    },
    last_administrator:
      'This is the last active administrator. Make somebody else an administrator first, or nobody could manage users any more.',
  },
};
