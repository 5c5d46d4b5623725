import { type ReactNode, Suspense, useEffect } from 'react';
import { Layout } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { ChangePassword } from '../access/change-password.tsx';
import { useMe, useSession } from '../access/use-me.tsx';
import { PageLoading } from '../display/page-loading.tsx';
import { LiveData } from '../live/live-data.tsx';
import { ConsoleBar } from './console-bar.tsx';
import { DocumentTitle } from './document-title.tsx';
import { ConsoleMenu } from './menu.tsx';
import { PageError } from './page-error.tsx';
import { Shortcuts } from './shortcuts.tsx';

const SX = {
  // A wide table scrolls in its own frame; the page never does.
  minWidth: 0,
  '& .RaLayout-appFrame': { minWidth: 0 },
  '& .RaLayout-contentWithSidebar': { minWidth: 0 },
  '& .RaLayout-content': { minWidth: 0, px: { xs: 1.5, md: 3 }, pb: 4 },
};

/** The frame around every page. */
export function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const { pathname } = useLocation();
  // Buttons ask who is there; react-admin has asked already, and the session remembers.
  useEffect(() => void session.known().catch(() => {}), [session]);
  const me = useMe();
  if (me?.mustChangePassword) return <ChangePassword />;
  return (
    <LiveData>
      <Layout appBar={ConsoleBar} menu={ConsoleMenu} error={PageError} appBarAlwaysOn sx={SX}>
        {/* Another page has a boundary of its own: in the same one, React would keep the page before alive until this one is there, and a
            filter that it was about to write into the address would lead back to it. */}
        <Suspense key={pathname.split('/')[1]} fallback={<PageLoading />}>
          {children}
        </Suspense>
        <DocumentTitle />
        <Shortcuts />
      </Layout>
    </LiveData>
  );
}
