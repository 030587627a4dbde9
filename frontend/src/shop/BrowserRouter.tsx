import { startTransition, useLayoutEffect, useState, type ReactNode } from 'react';
import { Router, UNSAFE_createBrowserHistory as createBrowserHistory } from 'react-router';

/**
 * The router over the browser's history. The library's own comes with its forms and fetchers, four
 * kilobytes that the shop does not use (so do its `Link` and `useSearchParams`; the shop has its own).
 */
export function BrowserRouter({ basename, children }: { basename: string; children: ReactNode }) {
  const [history] = useState(() => createBrowserHistory({ window, v5Compat: true }));
  const [at, setAt] = useState({ action: history.action, location: history.location });
  useLayoutEffect(() => {
    let page = history.location.pathname;
    return history.listen((next) => {
      const show = () => setAt({ ...next });
      // A filter or a variant shows that it is chosen at once; another page may take its time.
      if (next.location.pathname === page) show();
      else startTransition(show);
      page = next.location.pathname;
    });
  }, [history]);
  return (
    <Router
      basename={basename}
      location={at.location}
      navigationType={at.action}
      navigator={history}
    >
      {children}
    </Router>
  );
}
