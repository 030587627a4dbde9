import './styles/shop.css';
import { StrictMode, startTransition } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { configureClient, createQueryClient } from '@/api/client';
import { fill } from '@/api/keys';
import { reloadWhenReplaced } from '@/shared/replaced';
import { restoreSession } from '@/shared/session';
import { App, preloadFor } from './App';
import { visitWithoutServer } from './arrival';
import { BrowserRouter } from './BrowserRouter';
import { loadLanguage } from './languages/lazy';
import { localeOf, prefixOf } from './languages';
import { paths } from './paths';
import { later } from './routes.client';
import type { Visit } from './visit';

async function start(root: HTMLElement): Promise<void> {
  configureClient();
  reloadWhenReplaced();
  const state = document.getElementById('state')?.textContent;
  const locale = localeOf(location.pathname);
  const prefix = prefixOf(locale);
  const path = location.pathname.slice(prefix.length) || '/';
  // In the place of another page, it is not what would be drawn here: it stays as it came.
  if (document.getElementById('offline') && path !== paths.offline) return;
  const [visit, language] = await Promise.all([
    state ? (JSON.parse(state) as Visit) : visitWithoutServer(locale),
    loadLanguage(locale),
    preloadFor(path),
  ]);
  const queries = createQueryClient();
  fill(queries, visit.queries);
  const tree = (
    <StrictMode>
      <BrowserRouter basename={prefix || '/'}>
        <App visit={visit} language={language} queries={queries} />
      </BrowserRouter>
    </StrictMode>
  );
  // In a transition React hydrates piece by piece and lets go of the thread in between.
  startTransition(() => {
    if (root.hasChildNodes() && root.dataset.shell === undefined)
      hydrateRoot(root, tree, { onRecoverableError: console.error });
    else createRoot(root).render(tree);
  });
  await restoreSession();
  // After all else, and in no page's weight.
  void later().catch(() => undefined);
}

const root = document.getElementById('root');
if (root) void start(root);
