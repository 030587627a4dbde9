import { act, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { announce, Dialog, toast, Toasts } from '.';

vi.mock('../i18n', () => ({ useLanguage: () => ({ t: (key: string) => key }) }));

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Open</button>
      <Dialog open={open} onClose={() => setOpen(false)} label="Cart" side="right">
        <button onClick={() => setOpen(false)}>Close</button>
      </Dialog>
      <Toasts />
    </>
  );
}

test('messages stand in the open dialog, outside of which nothing can be heard or pressed', () => {
  render(<Page />);
  act(() => {
    announce('Added');
    screen.getByRole('button', { name: 'Open' }).click();
  });
  const dialog = screen.getByRole('dialog', { name: 'Cart' });
  act(() => toast('Removed', { action: { label: 'Undo', run: () => undefined } }));
  expect(within(dialog).getByText('Added')).toBeInTheDocument();
  expect(within(dialog).getByRole('button', { name: 'Undo' })).toBeInTheDocument();
  act(() => screen.getByRole('button', { name: 'Close' }).click());
  expect(dialog).not.toContainElement(screen.getByRole('button', { name: 'Undo' }));
});

test('a region that reads aloud is there before its words are', () => {
  const { container } = render(<Page />);
  act(() => announce('Once'));
  const regions: (string | null)[] = [];
  const watcher = new MutationObserver(() => undefined);
  const dialog = container.querySelector('dialog') as HTMLDialogElement;
  watcher.observe(dialog, { childList: true, subtree: true });
  act(() => screen.getByRole('button', { name: 'Open' }).click());
  for (const record of watcher.takeRecords()) {
    for (const added of record.addedNodes) regions.push(added.nodeName);
  }
  // First the region, then, as a change of it, the text.
  expect(regions.indexOf('DIV')).toBeLessThan(regions.indexOf('#text'));
});
