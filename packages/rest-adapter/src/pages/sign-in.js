// Who asks: a session's cookie, or a token that is kept as long as the tab is open.

const SIGN_IN = `mutation($name: String!, $password: String!) { signIn(name: $name, password: $password) {
  __typename ... on DomainError { code message } ... on SignInRefusedError { retryAfter } } }`;
const CHANGE = `mutation($current: String!, $next: String!) { changePassword(current: $current, next: $next) {
  __typename ... on DomainError { code message } ... on SignInRefusedError { retryAfter } } }`;

/** What the page does not say itself, in English. */
const TEXTS = {
  en: {
    refused: 'The name or the password is wrong.',
    wait: (seconds) => `Too many attempts. Try again in ${seconds} s.`,
    offline: 'The service cannot be reached. Try again.',
  },
  ru: {
    title: 'Вход в Kindred',
    name: 'Имя',
    password: 'Пароль',
    submit: 'Войти',
    orToken: 'Или по токену либо ключу API',
    token: 'Токен или ключ API',
    enter: 'Продолжить',
    changeTitle: 'Придумайте свой пароль',
    current: 'Прежний пароль',
    next: 'Новый пароль, не меньше 12 знаков',
    change: 'Сменить пароль',
    refused: 'Имя или пароль неверны.',
    wait: (seconds) => `Слишком много попыток. Повторите через ${seconds} с.`,
    offline: 'Служба не отвечает. Попробуйте ещё раз.',
  },
};
const language = navigator.languages.map((one) => one.slice(0, 2)).find((one) => Object.hasOwn(TEXTS, one)) ?? 'en';
const texts = TEXTS[language];

const token = () => sessionStorage.getItem('kindred-token');
export const authorization = () => (token() ? { authorization: `Bearer ${token()}` } : {});

const send = (query, variables) =>
  fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization() },
    body: JSON.stringify({ query, variables }),
  });

/** The data of a document; whoever may not ask is shown the way in, and the promise is never kept. */
export async function ask(query, variables) {
  const { data, errors } = await (await send(query, variables)).json();
  if (data) return data;
  const { code, details } = errors?.[0]?.extensions ?? {};
  if (code === 'UNAUTHENTICATED') return show('sign-in', SIGN_IN);
  if (code === 'FORBIDDEN' && details?.needs === 'changePassword') return show('change-password', CHANGE);
  throw new Error(errors?.[0]?.message ?? 'no answer');
}

function show(name, mutation) {
  // One that is refused must not stand in the way of a session.
  sessionStorage.removeItem('kindred-token');
  const part = document.getElementById(name).content.cloneNode(true);
  for (const each of part.querySelectorAll('[data-text]'))
    each.textContent = texts[each.dataset.text] ?? each.textContent;
  part.querySelector('section').lang = language;
  const problem = part.querySelector('.error');
  const button = part.querySelector('button');
  part.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = '';
    const refused = await refusalOf(mutation, Object.fromEntries(new FormData(event.target)));
    if (refused === undefined) return location.reload();
    problem.textContent = refused;
    button.disabled = false;
  });
  part.querySelector('form.token')?.addEventListener('submit', (event) => {
    event.preventDefault();
    sessionStorage.setItem('kindred-token', new FormData(event.target).get('token'));
    location.reload();
  });
  // Nothing is live for a stranger.
  document.getElementById('live').hidden = true;
  document.querySelector('main').replaceChildren(part);
  document.querySelector('main input').focus();
  return new Promise(() => {});
}

/** Why the service does not let in, in the reader's language where that is known; undefined if it does. */
async function refusalOf(mutation, variables) {
  try {
    const { data, errors } = await (await send(mutation, variables)).json();
    const [answer] = Object.values(data ?? {});
    if (answer?.__typename === 'Me') return undefined;
    if (answer?.retryAfter) return texts.wait(answer.retryAfter);
    if (answer?.code === 'UNAUTHENTICATED') return texts.refused;
    return answer?.message ?? errors?.[0]?.message ?? texts.offline;
  } catch {
    return texts.offline;
  }
}
