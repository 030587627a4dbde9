import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const STORE = {
  name: 'Maren',
  default_currency: 'EUR',
  country: 'DE',
  support_email: null,
  version: 3,
};

function serve() {
  const sent: unknown[] = [];
  server.use(
    http.get(api('/admin/store'), () => HttpResponse.json(STORE)),
    http.get(api('/admin/jobs'), () => HttpResponse.json({ items: [], next_cursor: null })),
    http.patch(api('/admin/store'), async ({ request }) => {
      const body = (await request.json()) as object;
      sent.push([body, request.headers.get('If-Match')]);
      return HttpResponse.json({ ...STORE, ...body, version: 4 });
    }),
  );
  return sent;
}

async function renamed(name: string) {
  const admin = renderAdmin('/settings/store');
  const field = await screen.findByRole('textbox', { name: 'Name of the shop' });
  await admin.user.clear(field);
  await admin.user.type(field, name);
  return { ...admin, field };
}

test('a page with changes is left only when one says so', async () => {
  serve();
  const { user, path, field } = await renamed('Maren & Co');
  await user.click(screen.getByRole('link', { name: 'Jobs' }));
  await screen.findByRole('dialog', { name: 'Leave this page?' });
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(path()).toBe('/settings/store');
  expect(field).toHaveValue('Maren & Co');
  await user.click(screen.getByRole('link', { name: 'Jobs' }));
  await user.click(await screen.findByRole('button', { name: 'Leave without saving' }));
  await waitFor(() => expect(path()).toBe('/jobs'));
});

test('Ctrl S saves what changed, from any field, and then the page can be left', async () => {
  const sent = serve();
  const { user, path } = await renamed('Maren & Co');
  await user.keyboard('{Control>}s{/Control}');
  await waitFor(() => expect(sent).toEqual([[{ name: 'Maren & Co' }, '"3"']]));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull());
  await user.click(screen.getByRole('link', { name: 'Jobs' }));
  await waitFor(() => expect(path()).toBe('/jobs'));
});

test('Discard takes back what was typed', async () => {
  serve();
  const { user, field } = await renamed('Other');
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  expect(field).toHaveValue('Maren');
  expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull();
});
