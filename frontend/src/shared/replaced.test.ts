import { reloadWhenReplaced } from './replaced';

test('a chunk that is gone loads the page anew, once', () => {
  const reload = vi.fn<() => void>();
  reloadWhenReplaced(reload);
  window.dispatchEvent(new Event('vite:preloadError'));
  window.dispatchEvent(new Event('vite:preloadError'));
  expect(reload).toHaveBeenCalledOnce();
});
