import { screen, waitFor } from '@testing-library/react';
import { renderShop } from '../testing/renderShop';

test('what was sold once is said to be gone, with ways on', async () => {
  await renderShop('/products/old-lamp', 410);
  const title = 'This product is no longer sold';
  expect(await screen.findByRole('heading', { level: 1, name: title })).toBeVisible();
  await waitFor(() => expect(document.title).toBe(`${title} | Testing`));
  const on = screen.getByRole('link', { name: 'Browse all products' });
  expect(on).toHaveAttribute('href', '/products');
});

test('what never was is not found', async () => {
  await renderShop('/nothing-here', 404);
  expect(await screen.findByRole('heading', { name: 'We could not find that page' })).toBeVisible();
});
