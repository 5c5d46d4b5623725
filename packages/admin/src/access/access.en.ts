export const accessEn = {
  access: {
    title: 'Sign in to Kindred',
    name: 'Name',
    password: 'Password',
    submit: 'Sign in',
    signing: 'Signing in',
    first: 'First time here? The name is “admin”; the service printed its password once when it first started.',
    refused: 'The name or the password is wrong. Check both, or ask an administrator for a new password.',
    wait: 'Too many attempts. Try again in %{seconds} s.',
    role: { viewer: 'Viewer', operator: 'Operator', administrator: 'Administrator' },
  },
  auth: { signed_out: 'Your session has ended. Sign in to go on where you were.' },
};
