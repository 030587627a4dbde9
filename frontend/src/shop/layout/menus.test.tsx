import { act, fireEvent, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { CategoryNode } from '@/api/gen';
import { server } from '../../../test/msw/server';
import { api, renderShop } from '../testing/renderShop';

function category(name: string, children: CategoryNode[] = []): CategoryNode {
  const slug = name.toLowerCase();
  return { id: `cat_${slug}`, parent_id: null, slug, name, description: '', position: 0, children };
}

beforeEach(() => {
  const items = [
    category('Home', [category('Kitchen', [category('Coffee')]), category('Bath')]),
    category('Desk'),
  ];
  server.use(http.get(api('/categories'), () => HttpResponse.json({ items })));
});

const names = (within_: HTMLElement) =>
  within(within_)
    .getAllByRole('link', { hidden: true })
    .map(({ textContent }) => textContent);

/** The entry of the header for this category, with its panel. */
async function entry(name: string) {
  const { user } = await renderShop('/cart');
  const nav = screen.getAllByRole('navigation', { name: 'Categories' })[0];
  if (!nav) throw new Error('no categories');
  const link = await within(nav).findByRole('link', { name });
  const item = link.closest('li');
  const panel = item?.querySelector('div');
  if (!item || !panel) throw new Error('no panel');
  return { user, link, item, panel };
}

test('the panel begins with all of its category and goes down to the third level', async () => {
  const { link, panel } = await entry('Home');
  expect(names(panel)).toEqual(['All of Home', 'Kitchen', 'Bath']);
  fireEvent.pointerEnter(link);
  expect(names(panel)).toEqual(['All of Home', 'Kitchen', 'Coffee', 'Bath']);
  expect(within(panel).getByRole('link', { name: 'All of Home' })).toHaveAttribute(
    'href',
    '/c/home',
  );
});

test('Escape dismisses the panel under a pointer that stays; coming again opens it', async () => {
  const { user, link, panel } = await entry('Home');
  fireEvent.pointerEnter(link);
  await user.keyboard('{Escape}');
  expect(panel).toHaveAttribute('hidden');
  fireEvent.pointerEnter(link);
  expect(panel).not.toHaveAttribute('hidden');
});

test('Escape within the panel gives the focus to its category', async () => {
  const { user, link, panel } = await entry('Home');
  act(() => link.focus());
  act(() => within(panel).getByRole('link', { name: 'Kitchen' }).focus());
  await user.keyboard('{Escape}');
  expect(link).toHaveFocus();
  expect(panel).toHaveAttribute('hidden');
});

test('the drawer has every level, each below the one above it', async () => {
  const { user } = await renderShop('/cart');
  await user.click(screen.getByRole('button', { name: 'Menu' }));
  const drawer = await screen.findByRole('dialog', { name: 'Menu' });
  const coffee = await within(drawer).findByRole('link', { name: 'Coffee' });
  expect(coffee).toHaveAttribute('href', '/c/coffee');
  const above = coffee.closest('ul')?.closest('li');
  expect(above && names(above)).toEqual(['Kitchen', 'Coffee']);
});
