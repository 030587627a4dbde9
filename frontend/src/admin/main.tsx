// oxlint-disable-next-line no-unassigned-import
import './admin.css';
import { StrictMode } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { configureClient, createQueryClient } from '@/api/client';
import { reloadWhenReplaced } from '@/shared/replaced';
import { restoreSession } from '@/shared/session';
import { startTheme, usePreferences } from './app/preferences';
import { setLocale } from './i18n';
import { createRouter } from './routes';
import { Toasts } from './ui/toasts';

startTheme();
reloadWhenReplaced();
configureClient(window.location.origin);
const queryClient = createQueryClient();
queryClient.setDefaultOptions({
  queries: {
    ...queryClient.getDefaultOptions().queries,
    staleTime: 5_000,
    refetchOnWindowFocus: true,
  },
});

await setLocale(usePreferences.getState().locale);
void restoreSession();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createRouter()} />
        <Toasts />
      </QueryClientProvider>
    </StrictMode>,
  );
}
