import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { pages } from '#routes';
import { LanguageContext, type Language } from '@/shared/i18n';
import { ErrorBoundary } from './layout/ErrorBoundary';
import { Layout } from './layout/Layout';
import { NotFound } from './layout/NotFound';
import { ServerError } from './layout/ServerError';
import { pageAt, paths, type PageName } from './paths';
import { ShopProvider } from './shop';
import type { Visit } from './visit';

interface Props {
  visit: Visit;
  language: Language;
  queries: QueryClient;
}

/** The shop inside a router. Server and browser render the very same. */
export function App({ visit, language, queries }: Props) {
  return (
    <QueryClientProvider client={queries}>
      <LanguageContext value={language}>
        <ShopProvider visit={visit}>
          <ErrorBoundary>
            <Pages status={visit.status} />
          </ErrorBoundary>
        </ShopProvider>
      </LanguageContext>
    </QueryClientProvider>
  );
}

/** The status the server gave holds for the path it was asked for, until the visitor goes on. */
function Pages({ status }: { status: Visit['status'] }) {
  const { pathname } = useLocation();
  const [landed] = useState(pathname);
  const here = pathname === landed ? status : 200;
  const names = Object.keys(paths) as PageName[];
  return (
    <Routes>
      <Route element={<Layout />}>
        {here === 200 &&
          names.map((name) => {
            const Page = pages[name];
            return <Route key={name} path={paths[name]} element={<Page />} />;
          })}
        <Route
          path="*"
          element={here === 500 ? <ServerError /> : <NotFound gone={here === 410} />}
        />
      </Route>
    </Routes>
  );
}

/** Fetches the chunk of the page at a path (without the language's prefix). */
export async function preloadFor(pathname: string): Promise<void> {
  const name = pageAt(pathname);
  if (name) await pages[name].preload();
}
