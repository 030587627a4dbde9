import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { adminImportsListOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { ImportOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Badge, ButtonLink, DataList, DateTime, EmptyState, PageHeader, useList } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { number } from '@/admin/ui/format';
import { ExportButton } from '../export-button';
import { ImportStatusBadge, isRunning } from '../imports/import-status';

const idOf = (row: ImportOut) => row.id;

export default function Imports() {
  const t = useT();
  const mayWrite = useMay()('catalog:write');
  const list = useList({ id: 'imports' });
  const page = useQuery({
    ...adminImportsListOptions({
      query: { limit: 50, ...(list.cursor && { cursor: list.cursor }) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.items.some(isRunning) ? 2_000 : false),
  });
  const count = (id: keyof ImportOut['products']): Column<ImportOut> => ({
    id,
    header: t(`imports.${id}`),
    align: 'right',
    cell: (row) => number(row.products[id]),
  });
  const columns: Column<ImportOut>[] = [
    { id: 'file', header: t('imports.file'), fixed: true, cell: (row) => row.filename },
    {
      id: 'status',
      header: t('products.column_status'),
      cell: (row) => (
        <span className="flex gap-1.5">
          <ImportStatusBadge status={row.status} />
          {row.dry_run && <Badge tone="info">{t('imports.dry_run')}</Badge>}
        </span>
      ),
    },
    {
      id: 'when',
      header: t('imports.when'),
      cell: (row) => <DateTime value={row.created_at} relative />,
    },
    count('created'),
    count('updated'),
    count('unchanged'),
    count('refused'),
  ];
  const begin = (
    <ButtonLink look="primary" to="/imports/new">
      <Upload aria-hidden />
      {t('imports.begin')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title={t('imports.title')}
        sub={t('imports.hint')}
        actions={
          <>
            <ExportButton />
            {mayWrite && begin}
          </>
        }
      />
      <DataList
        label={t('imports.title')}
        list={list}
        page={page}
        columns={columns}
        idOf={idOf}
        hrefOf={(row) => `/imports/${row.id}`}
        empty={
          <EmptyState icon={<Upload />} title={t('imports.empty')} action={mayWrite && begin}>
            {t('imports.empty_hint')}
          </EmptyState>
        }
      />
    </>
  );
}
