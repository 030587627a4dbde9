import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { ImportDetail, PreviewOut } from '@/api/gen/types.gen';
import { api, problem, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../../test/msw/server';

const preview = (columns: PreviewOut['columns']): PreviewOut => ({
  filename: 'old.csv',
  columns,
  rows: [],
  targets: ['Handle', 'Title', 'Variant SKU'],
  problem: null,
});

const detail = (changes: Partial<ImportDetail> = {}): ImportDetail => ({
  id: 'imp_1',
  filename: 'old.csv',
  status: 'done',
  dry_run: true,
  options: { currency: 'EUR', stock: 'create', location: null, with_pictures: true, mapping: {} },
  progress: { bytes_total: 9, bytes_done: 9, rows_total: 2, rows_done: 2, rows_refused: 1 },
  products: { created: 1, updated: 0, unchanged: 0, refused: 1 },
  error: null,
  created_at: '2026-11-21T08:00:00Z',
  started_at: null,
  finished_at: null,
  pictures: { queued: 0, attached: 0, failed: 0 },
  errors: { items: [], next_cursor: null },
  ...changes,
});

const WRONG = {
  severity: 'error' as const,
  row: 3,
  column: 'Cost',
  handle: 'mug',
  message: 'is not an amount',
};

afterEach(() => vi.restoreAllMocks());

/** The fields of the form that is sent; the body itself cannot be read here. */
function spyOnForms() {
  const append = vi.spyOn(FormData.prototype, 'append');
  return () => {
    const fields: Record<string, unknown> = Object.fromEntries(append.mock.calls);
    append.mockClear();
    return fields;
  };
}

function serve(columns: PreviewOut['columns']) {
  const sent: Record<string, unknown>[] = [];
  const fieldsOfForm = spyOnForms();
  server.use(
    http.get(api('/admin/locations'), () => HttpResponse.json({ items: [] })),
    http.post(api('/admin/imports/preview'), () => HttpResponse.json(preview(columns))),
    http.post(api('/admin/imports'), () => {
      const fields = fieldsOfForm();
      sent.push(fields);
      const id = fields.dry_run === 'true' ? 'imp_1' : 'imp_2';
      return HttpResponse.json(detail({ id }), { status: 202 });
    }),
    http.get(api('/admin/imports/imp_1'), () =>
      HttpResponse.json(detail({ errors: { items: [WRONG], next_cursor: null } })),
    ),
    http.get(api('/admin/imports/imp_2'), () =>
      HttpResponse.json(detail({ id: 'imp_2', dry_run: false })),
    ),
  );
  return sent;
}

const FILE = new File(['Key,Name,Cost\nmug,Mug,ten\n'], 'old.csv', { type: 'text/csv' });

const choose = async (user: ReturnType<typeof renderAdmin>['user']) =>
  user.upload(await screen.findByLabelText('Drop a CSV file here'), FILE);

test('columns are shown with what stands in them; a guess is told and can be corrected', async () => {
  const sent = serve([
    { name: 'Key', meaning: null, examples: ['mug'] },
    { name: 'Name', meaning: null, examples: ['Mug', 'Cup'] },
    { name: 'Variant SKU', meaning: 'Variant SKU', examples: [] },
  ]);
  const { user } = renderAdmin('/imports/new');
  await choose(user);
  expect(await screen.findByText('Mug · Cup')).toBeVisible();
  expect(screen.getByRole('combobox', { name: 'What “Name” is' })).toHaveValue('Title');
  expect(screen.getAllByText('Guessed')).toHaveLength(1);
  expect(screen.getByRole('button', { name: 'Try it' })).toBeDisabled();
  expect(screen.getByText('No column is this yet.')).toBeVisible();
  await user.selectOptions(screen.getByRole('combobox', { name: 'What “Key” is' }), 'Handle');
  await user.selectOptions(screen.getByRole('combobox', { name: 'What “Variant SKU” is' }), '');
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(JSON.parse(String(sent[0]?.mapping))).toEqual({
    Key: 'Handle',
    Name: 'Title',
    'Variant SKU': '',
  });
});

test('a trial tells what is wrong with which row; then the same file is imported', async () => {
  const sent = serve([
    { name: 'Handle', meaning: 'Handle', examples: ['mug'] },
    { name: 'Title', meaning: 'Title', examples: ['Mug'] },
  ]);
  const { user, path } = renderAdmin('/imports/new');
  await choose(user);
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  expect(await screen.findByText('is not an amount')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Download as CSV' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Import' }));
  await waitFor(() => expect(path()).toBe('/imports/imp_2'));
  expect(sent.map(({ dry_run }) => dry_run)).toEqual(['true', 'false']);
});

test('a trial does not count any more once a column is something else', async () => {
  serve([
    { name: 'Handle', meaning: 'Handle', examples: ['mug'] },
    { name: 'Title', meaning: 'Title', examples: ['Mug'] },
  ]);
  const { user } = renderAdmin('/imports/new');
  await choose(user);
  await user.click(await screen.findByRole('button', { name: 'Try it' }));
  await screen.findByText('is not an amount');
  await user.selectOptions(screen.getByRole('combobox', { name: 'What “Title” is' }), '');
  expect(screen.queryByText('is not an amount')).toBeNull();
  expect(screen.getByRole('button', { name: 'Try it' })).toBeEnabled();
});

test('a file that is no table says so and another one can be chosen', async () => {
  serve([]);
  server.use(
    http.post(api('/admin/imports/preview'), () =>
      problem(422, 'This file cannot be read as products', { detail: 'It is empty.' }),
    ),
  );
  const { user } = renderAdmin('/imports/new');
  await choose(user);
  expect(await screen.findByText('It is empty.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Choose files' })).toBeEnabled();
});
