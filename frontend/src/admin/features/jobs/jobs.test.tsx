import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { Permission, TaskOut } from '@/api/gen/types.gen';
import { api, renderAdmin } from '@/admin/testing/render-admin';
import { server } from '../../../../test/msw/server';

const TASK: TaskOut = {
  id: 'job_1',
  kind: 'job',
  name: 'payments.send_refund',
  state: 'dead',
  arguments: { refund: 'ref_1' },
  attempts: 12,
  error: 'The provider does not answer',
  created_at: '2026-11-21T08:00:00Z',
  next_try_at: null,
  finished_at: '2026-11-21T09:00:00Z',
};

function answer() {
  let task = TASK;
  const retried: string[] = [];
  server.use(
    http.get(api('/admin/tasks'), () => HttpResponse.json({ items: [task], next_cursor: null })),
    http.get(api('/admin/todo'), () => HttpResponse.json({ dead_letters: 1 })),
    http.post(api('/admin/tasks/:id/retry'), ({ params, request }) => {
      if (!request.headers.get('Idempotency-Key')) return new HttpResponse(null, { status: 400 });
      retried.push(String(params.id));
      task = { ...TASK, state: 'queued', attempts: 0, error: null };
      return HttpResponse.json(task);
    }),
  );
  return retried;
}

const open = async (permissions: Permission[]) => {
  const view = renderAdmin('/jobs?state=dead', { permissions });
  await view.user.click(await screen.findByRole('button', { name: 'payments.send_refund' }));
  await screen.findByRole('dialog');
  return view;
};

test('a job that was given up is queued again, after a question', async () => {
  const retried = answer();
  const { user } = await open(['operations:read', 'operations:write']);
  await user.click(screen.getByRole('button', { name: 'Retry' }));
  expect(await screen.findByText('Retry payments.send_refund?')).toBeVisible();
  expect(retried).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Retry' }));
  await waitFor(() => expect(retried).toEqual(['job_1']));
  await waitFor(() => expect(screen.queryByText('Retry payments.send_refund?')).toBeNull());
  expect(screen.queryByText('The provider does not answer')).toBeNull();
});

test('who may only look sees the error, and no way to retry', async () => {
  answer();
  await open(['operations:read']);
  expect(screen.getAllByText('The provider does not answer')[0]).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
});
