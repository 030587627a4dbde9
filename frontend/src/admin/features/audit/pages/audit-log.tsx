import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { adminAuditListEntriesOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminAuditListEntries } from '@/api/gen/sdk.gen';
import type { EntryOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { DataList, DateTime, EmptyState, PageHeader, useList } from '@/admin/ui';
import type { Column, ListState } from '@/admin/ui';
import { endOfDay, startOfDay } from '@/admin/ui/days';
import { useOpened } from '@/admin/ui/list/use-opened';
import { useActionName } from '../action-name';
import { ChangeDialog } from '../change-dialog';
import { SubjectLink } from '../subject-link';

const idOf = (row: EntryOut) => row.id;

function auditQuery(list: ListState) {
  const [actor, action, subject] = ['actor', 'action', 'subject'].map((id) =>
    list.value(id)?.trim(),
  );
  const from = startOfDay(list.value('from') ?? '');
  const to = endOfDay(list.value('to') ?? '');
  return {
    ...(actor && { actor }),
    ...(action && { action }),
    ...(subject && { subject }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

export default function AuditLog() {
  const t = useT();
  const list = useList({
    id: 'audit',
    filters: [
      {
        id: 'actor',
        label: t('audit.column_actor'),
        kind: 'text',
        placeholder: t('audit.actor_placeholder'),
      },
      {
        id: 'action',
        label: t('audit.column_action'),
        kind: 'text',
        placeholder: t('audit.action_placeholder'),
      },
      {
        id: 'subject',
        label: t('audit.column_subject'),
        kind: 'text',
        placeholder: t('audit.subject_placeholder'),
      },
      { id: 'from', label: t('audit.from'), kind: 'date' },
      { id: 'to', label: t('audit.to'), kind: 'date' },
    ],
  });
  const opened = useOpened('entry');
  const query = auditQuery(list);
  const page = useQuery({
    ...adminAuditListEntriesOptions({
      query: { ...query, limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
  });
  const shown = page.data?.items.find((row) => row.id === opened.id);
  return (
    <>
      <PageHeader title={t('nav.audit')} sub={t('audit.hint')} />
      <DataList
        label={t('nav.audit')}
        list={list}
        page={page}
        columns={useColumns(opened.open)}
        idOf={idOf}
        csv={{
          name: 'audit-log.csv',
          page: async (cursor) => {
            const { data } = await adminAuditListEntries({
              query: { ...query, limit: 100, ...(cursor && { cursor }) },
              throwOnError: true,
            });
            return data;
          },
        }}
        empty={
          <EmptyState icon={<History />} title={t('audit.empty')}>
            {t('audit.empty_hint')}
          </EmptyState>
        }
      />
      {shown && <ChangeDialog entry={shown} onClose={opened.close} />}
    </>
  );
}

function useColumns(open: (id: string) => void): Column<EntryOut>[] {
  const t = useT();
  const actionName = useActionName();
  return [
    {
      id: 'action',
      header: t('audit.column_action'),
      fixed: true,
      cell: (row) => (
        <button
          type="button"
          className="text-left font-medium after:absolute after:inset-0 hover:underline"
          onClick={() => open(row.id)}
        >
          {actionName(row.action)}
        </button>
      ),
      text: (row) => row.action,
    },
    {
      id: 'when',
      header: t('audit.column_when'),
      stack: 'corner',
      cell: (row) => (
        <span className="text-muted">
          <DateTime value={row.at} relative />
        </span>
      ),
      text: (row) => row.at,
    },
    {
      id: 'actor',
      header: t('audit.column_actor'),
      cell: (row) => <SubjectLink inTable id={row.actor} />,
      text: (row) => row.actor,
    },
    {
      id: 'subject',
      header: t('audit.column_subject'),
      cell: (row) => <SubjectLink inTable id={row.subject} />,
      text: (row) => row.subject,
    },
  ];
}
