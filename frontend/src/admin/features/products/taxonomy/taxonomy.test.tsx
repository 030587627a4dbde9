import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { StaffBrand, StaffCategory } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../../test/msw/server';

const brand = (changes: Partial<StaffBrand> = {}): StaffBrand => ({
  id: 'brd_1',
  slug: 'haven',
  name: 'Haven',
  description: '',
  version: 1,
  ...changes,
});

const category = (id: string, changes: Partial<StaffCategory> = {}): StaffCategory => ({
  id,
  slug: id,
  name: id,
  parent_id: null,
  description: '',
  position: 0,
  is_active: true,
  version: 1,
  ...changes,
});

const brands = (...items: StaffBrand[]) =>
  http.get(api('/admin/brands'), () => HttpResponse.json({ items, next_cursor: null }));

const categories = (...items: StaffCategory[]) =>
  http.get(api('/admin/categories'), () => HttpResponse.json({ items }));

test('a brand that was refused is corrected and sent as another request', async () => {
  const keys: (string | null)[] = [];
  server.use(
    brands(),
    http.post(api('/admin/brands'), async ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      const { name } = (await request.json()) as { name: string };
      return name === 'Haven'
        ? problem(422, 'Not right', { errors: [{ pointer: '/name', message: 'is taken' }] })
        : HttpResponse.json(brand({ name }), { status: 201 });
    }),
  );
  const { user } = renderAdmin('/brands');
  await user.click((await screen.findAllByRole('button', { name: 'Add brand' }))[0] as HTMLElement);
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Haven');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await within(dialog).findByText('is taken')).toBeVisible();
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' Home{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(keys).toHaveLength(2);
  expect(keys[0]).not.toBe(keys[1]);
});

test('a category that somebody else changed first keeps what was typed, and saves it over', async () => {
  const sent: { match: string | null; body: unknown }[] = [];
  let theirs = category('lamps', { description: 'Theirs', version: 2 });
  server.use(
    categories(category('lamps')),
    http.get(api('/admin/categories/:id'), () => HttpResponse.json(theirs)),
    http.patch(api('/admin/categories/:id'), async ({ request }) => {
      const match = request.headers.get('If-Match');
      const body = (await request.json()) as Partial<StaffCategory>;
      sent.push({ match, body });
      if (match !== `"${theirs.version}"`) return problem(412, 'It has changed');
      theirs = { ...theirs, ...body, version: theirs.version + 1 };
      return HttpResponse.json(theirs);
    }),
  );
  const { user } = renderAdmin('/categories');
  await user.click(await screen.findByRole('button', { name: 'Edit lamps' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit lamps' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' and light');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await user.click(await screen.findByRole('button', { name: 'Save mine over it' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual([
    { match: '"1"', body: { name: 'lamps and light' } },
    { match: '"2"', body: { name: 'lamps and light' } },
  ]);
});

test('a category may not go below itself', async () => {
  server.use(
    categories(
      category('home'),
      category('lamps', { parent_id: 'home' }),
      category('desk', { parent_id: 'lamps' }),
      category('garden', { position: 1 }),
    ),
  );
  const { user } = renderAdmin('/categories');
  await user.click(await screen.findByRole('button', { name: 'Edit lamps' }));
  const below = await screen.findByRole('combobox', { name: 'Below' });
  expect(
    within(below)
      .getAllByRole('option')
      .map((option) => option.textContent?.trim()),
  ).toEqual(['At the top', 'home', 'garden']);
});

test('a new category stands after those beside it', async () => {
  let sent: Partial<StaffCategory> = {};
  server.use(
    categories(
      category('home', { position: 4 }),
      category('lamps', { parent_id: 'home', position: 1 }),
      category('desk', { parent_id: 'home', position: 2 }),
    ),
    http.post(api('/admin/categories'), async ({ request }) => {
      sent = (await request.json()) as Partial<StaffCategory>;
      return HttpResponse.json(category('rugs', sent), { status: 201 });
    }),
  );
  const { user } = renderAdmin('/categories');
  await user.click(await screen.findByRole('button', { name: 'Add category' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Rugs');
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Below' }), 'home');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toMatchObject({ name: 'Rugs', parent_id: 'home', position: 3 });
});
