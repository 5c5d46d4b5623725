export const presetsEn = {
  resources: { presets: { fields: { name: 'Name' } } },
  presets: {
    about: 'Parameters under a name, to begin clusterings with. Save those of a job from its page.',
    built_in: 'comes with Kindred',
    use: 'Start from it',
    removed: 'The preset is deleted',
  },
};
