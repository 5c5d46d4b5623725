export const accountEn = {
  account: {
    who: 'Who you are',
    means: 'What the role gives',
    password: 'Another password',
    sessions: 'Where you are signed in',
    unknown: 'A browser that does not say what it is',
    since: 'since',
    seen: 'seen',
    expires: 'ends',
    current: 'This browser',
    end: 'End session',
    ended: 'The session is ended',
  },
};
