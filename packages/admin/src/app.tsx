import { QueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { Admin, Resource } from 'react-admin';
import { HashRouter, Route } from 'react-router-dom';
import { createAuthProvider } from './access/auth-provider.ts';
import type { Session } from './access/session.ts';
import { SignIn } from './access/sign-in.tsx';
import { SessionProvider } from './access/use-me.tsx';
import { createDataProvider } from './data/data-provider.ts';
import { RESOURCES } from './data/resources.ts';
import { PageLoading } from './display/page-loading.tsx';
import type { Ask } from './graphql/client.ts';
import { asFailure } from './graphql/failure.ts';
import { AskProvider } from './graphql/use-ask.tsx';
import type { ConsoleTexts } from './i18n/i18n-provider.ts';
import type { PageTexts } from './i18n/page-texts.ts';
import { ConsoleLayout } from './layout/layout.tsx';
import { PageError } from './layout/page-error.tsx';
import { Starting } from './layout/starting.tsx';
import { LiveProvider } from './live/live-data.tsx';
import type { Live } from './live/socket.ts';
import { type LoadView, loadOverview, PAGES } from './pages.ts';
import { darkTheme, lightTheme } from './theme/theme.ts';

export interface AppProps {
  readonly ask: Ask;
  readonly live: Live;
  readonly session: Session;
  readonly texts: ConsoleTexts;
}

const Overview = lazy(loadOverview);

/** A page comes together with its texts and with how its records are asked for. */
function viewsOf(texts: ConsoleTexts) {
  return PAGES.map((page) => {
    const { texts: own = [], moreTexts = [] } = page;
    const withTexts = (load: LoadView, names: readonly PageTexts[] = [...own, ...moreTexts]) =>
      lazy(async () => (await Promise.all([load(), texts.need(names), RESOURCES[page.name]?.()]))[0]);
    return {
      ...page,
      List: withTexts(page.list, own),
      Show: page.show && withTexts(page.show),
      views: Object.entries(page.views ?? {}).map(([path, load]) => ({ path, View: withTexts(load) })),
    };
  });
}

/** What is not worth asking twice: the answer would be the same. */
function retry(count: number, error: unknown): boolean {
  return asFailure(error).retryable && count < 4;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry, retryDelay: (attempt) => Math.min(8000, 500 * 2 ** attempt), staleTime: 5_000 },
    },
  });
}

export function App({ ask, live, session, texts }: AppProps) {
  const queryClient = useMemo(createQueryClient, []);
  const dataProvider = useMemo(() => createDataProvider(ask, RESOURCES), [ask]);
  const authProvider = useMemo(() => createAuthProvider(session), [session]);
  const views = useMemo(() => viewsOf(texts), [texts]);
  return (
    <AskProvider value={ask}>
      <LiveProvider value={live}>
        <SessionProvider value={session}>
          {/* As transitions, ways that lead to the sign-in would wait for react-admin, which sends there again and again meanwhile. */}
          <HashRouter useTransitions={false}>
            <Admin
              {...{ dataProvider, authProvider, queryClient }}
              i18nProvider={texts.provider}
              title="Kindred"
              theme={lightTheme}
              darkTheme={darkTheme}
              layout={ConsoleLayout}
              loginPage={SignIn}
              loading={Starting}
              error={PageError}
              dashboard={Overview}
              requireAuth
              disableTelemetry
            >
              {views.map(({ name, icon, List, Show, views: others }) => (
                <Resource key={name} name={name} icon={icon} list={List} {...(Show ? { show: Show } : {})}>
                  {others.map(({ path, View }) => (
                    <Route
                      key={path}
                      path={path}
                      element={
                        <Suspense fallback={<PageLoading />}>
                          <View />
                        </Suspense>
                      }
                    />
                  ))}
                </Resource>
              ))}
            </Admin>
          </HashRouter>
        </SessionProvider>
      </LiveProvider>
    </AskProvider>
  );
}
