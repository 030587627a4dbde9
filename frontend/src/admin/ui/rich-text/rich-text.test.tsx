import { useState } from 'react';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Dialog } from '../dialog';
import { Field } from '../field';
import { RichText } from './rich-text';

const told = vi.fn<(html: string) => void>();

function Form({ first, isReadOnly = false }: { first: string; isReadOnly?: boolean }) {
  const [value, setValue] = useState(first);
  const change = (html: string) => {
    told(html);
    setValue(html);
  };
  return (
    <fieldset disabled={isReadOnly}>
      <Field label="Description" hint="Of the product" error="Too odd">
        <RichText value={value} placeholder="Say more" onChange={change} />
      </Field>
    </fieldset>
  );
}

const text = () => screen.findByRole('textbox', { name: 'Description' }, { timeout: 20_000 });

beforeEach(() => told.mockReset());

test('the field is read out with its label, hint and error, and changes nothing by being shown', async () => {
  render(<Form first="<p>A <b>stout</b> mug" />);
  const field = await text();
  expect(field).toHaveTextContent('A stout mug');
  expect(field).toHaveAccessibleDescription('Of the product Too odd');
  expect(field).toBeInvalid();
  expect(field).toHaveAttribute('aria-placeholder', 'Say more');
  expect(field).not.toHaveAttribute('data-placeholder');
  expect(told).not.toHaveBeenCalled();
});

test('the toolbar is one stop of Tab, with arrows inside', async () => {
  const user = userEvent.setup();
  render(<Form first="<h2>Care</h2>" />);
  await text();
  const bold = await screen.findByRole('button', { name: 'Bold' });
  await user.tab();
  expect(bold).toHaveFocus();
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  const heading = screen.getByRole('button', { name: 'Heading' });
  expect(heading).toHaveFocus();
  expect(heading).toHaveAttribute('aria-pressed', 'true');
  await user.keyboard('{Enter}');
  expect(told).toHaveBeenLastCalledWith('<p>Care</p>');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(told).toHaveBeenLastCalledWith('<h2>Care</h2>');
});

test('the source can be written, and the other view shows it', async () => {
  const user = userEvent.setup();
  render(<Form first="<p>Mug</p>" />);
  await text();
  await user.click(screen.getByRole('button', { name: 'HTML source' }));
  const source = await text();
  expect(source).toHaveValue('<p>Mug</p>');
  await user.clear(source);
  await user.type(source, '<h2>Care</h2>');
  await user.click(screen.getByRole('button', { name: 'HTML source' }));
  expect(await screen.findByRole('heading', { level: 2, name: 'Care' })).toBeInTheDocument();
  expect(told).toHaveBeenLastCalledWith('<h2>Care</h2>');
});

test('a text with a table begins as its source, and says why', async () => {
  render(<Form first="<table><tr><td>1</td></tr></table>" />);
  expect(await text()).toHaveValue('<table><tr><td>1</td></tr></table>');
  expect(screen.getByText(/removes table\./)).toBeVisible();
});

test('who may only read cannot write', async () => {
  render(<Form first="<p>Mug</p>" isReadOnly />);
  await waitFor(async () => expect(await text()).toHaveAttribute('contenteditable', 'false'));
});

test('an address that is none is not linked to', async () => {
  const user = userEvent.setup();
  render(<Form first="<p>Mug</p>" />);
  await text();
  await user.click(await screen.findByRole('button', { name: 'Link' }));
  const address = screen.getByRole('textbox', { name: 'Address of the link' });
  expect(address).toHaveFocus();
  await user.type(address, 'javascript:ran(){Enter}');
  expect(address).toBeInvalid();
  expect(told).not.toHaveBeenCalled();
  await user.clear(address);
  await user.type(address, 'example.com{Enter}');
  expect(told).toHaveBeenLastCalledWith(
    '<p><a href="https://example.com">https://example.com</a>Mug</p>',
  );
  expect(screen.queryByRole('textbox', { name: 'Address of the link' })).toBeNull();
});

test('Escape leaves the address of a link, and not the dialog around it', async () => {
  const user = userEvent.setup();
  const onClose = vi.fn<() => void>();
  render(
    <Dialog open title="Category" onClose={onClose}>
      <Form first="<p>Mug</p>" />
    </Dialog>,
  );
  await text();
  await user.click(await screen.findByRole('button', { name: 'Link' }));
  await user.type(screen.getByRole('textbox', { name: 'Address of the link' }), 'x{Escape}');
  expect(screen.queryByRole('textbox', { name: 'Address of the link' })).toBeNull();
  expect(onClose).not.toHaveBeenCalled();
  expect(await text()).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledOnce();
});
