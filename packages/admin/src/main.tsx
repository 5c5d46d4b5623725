import { createRoot } from 'react-dom/client';
import { accountsOf } from './access/me.ts';
import { Session } from './access/session.ts';
import { App } from './app.tsx';
import { createClient } from './graphql/client.ts';
import { createTexts, firstLocale } from './i18n/i18n-provider.ts';
import { createLive } from './live/socket.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const ask = createClient({ url: '/graphql' });
const live = createLive({ url: `${location.origin.replace(/^http/, 'ws')}/graphql` });
const session = new Session(accountsOf(ask));
// A connection is its caller's: another one comes by another.
session.subscribe(() => live.reopen());
const texts = await createTexts(firstLocale());

createRoot(root).render(<App {...{ ask, live, session, texts }} />);
