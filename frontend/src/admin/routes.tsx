import { createBrowserRouter, isRouteErrorResponse, useRouteError } from 'react-router';
import type { RouteObject } from 'react-router';
import type { Permission } from '@/api/gen/types.gen';
import { FEATURES } from './app/features';
import type { PageRoute } from './app/feature';
import { Gate } from './app/gate';
import { NotFound } from './app/not-found';
import { useMay } from './app/permissions';
import { Shell } from './app/shell';
import { PageError } from './ui/page-error';

/** A page that somebody may not see is not there for them. */
function Guarded({
  permission,
  Page,
}: {
  permission: Permission | undefined;
  Page: React.ComponentType;
}) {
  return useMay()(permission) ? <Page /> : <NotFound />;
}

function Broken() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return <PageError error={error} onRetry={() => window.location.reload()} />;
}

function toRoute({ path, permission, page }: PageRoute): RouteObject {
  return {
    ...(path === '' ? { index: true } : { path }),
    errorElement: <Broken />,
    lazy: async () => {
      const { default: Page } = await page();
      return { Component: () => <Guarded permission={permission} Page={Page} /> };
    },
  };
}

/** Every feature's pages, inside the shell, behind the gate. */
export function routes(): RouteObject[] {
  return [
    {
      element: (
        <Gate>
          <Shell />
        </Gate>
      ),
      hydrateFallbackElement: <div />,
      children: [
        ...FEATURES.flatMap((feature) => feature.routes.map(toRoute)),
        { path: '*', element: <NotFound /> },
      ],
    },
  ];
}

export const createRouter = () => createBrowserRouter(routes(), { basename: '/admin' });
