// Who asks: a session's cookie, or a token that is kept as long as the tab is open.

const SIGN_IN = `mutation($name: String!, $password: String!) { signIn(name: $name, password: $password) {
  __typename ... on DomainError { message } } }`;
const CHANGE = `mutation($current: String!, $next: String!) { changePassword(current: $current, next: $next) {
  __typename ... on DomainError { message } } }`;

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
  const problem = part.querySelector('.error');
  part.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const { data, errors } = await (await send(mutation, Object.fromEntries(new FormData(event.target)))).json();
    const [answer] = Object.values(data ?? {});
    if (answer?.__typename === 'Me') location.reload();
    else problem.textContent = answer?.message ?? errors?.[0]?.message ?? 'no answer';
  });
  part.querySelector('form.token')?.addEventListener('submit', (event) => {
    event.preventDefault();
    sessionStorage.setItem('kindred-token', event.target.querySelector('input').value);
    location.reload();
  });
  document.querySelector('main').replaceChildren(part);
  return new Promise(() => {});
}
