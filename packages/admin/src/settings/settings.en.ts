export const settingsEn = {
  settings: {
    text: 'As they counted when the process that answers was started. To change one, set it in the environment of the service and start it again.',
    search: 'Find a setting',
    none: 'No setting has these words in its name, value or meaning.',
    secret: 'Set; a secret is never shown',
    set: 'Set',
    unset: 'Not set',
    source: { default: 'Default', environment: 'Environment', file: 'File' },
  },
};
