import { useParams } from 'react-router';
import { useT } from '@/admin/i18n';
import { Badge, ButtonLink, PageError, PageHeader, PageSkeleton } from '@/admin/ui';
import { ImportActions, ImportReport, useImport } from '../imports/import-report';
import { ImportStatusBadge } from '../imports/import-status';

export default function ImportDetail() {
  const t = useT();
  const { importId } = useParams();
  const { found, list } = useImport(importId);
  const { data } = found;
  if (!data) {
    if (!found.isError) return <PageSkeleton />;
    return (
      <PageError
        error={found.error}
        onRetry={() => void found.refetch()}
        back={{ to: '/imports', label: t('imports.back') }}
      />
    );
  }
  const wrote = !data.dry_run && data.products.created + data.products.updated > 0;
  return (
    <>
      <PageHeader
        title={data.filename}
        back={{ to: '/imports', label: t('imports.back') }}
        beside={
          <>
            <ImportStatusBadge status={data.status} />
            {data.dry_run && <Badge tone="info">{t('imports.dry_run')}</Badge>}
          </>
        }
        actions={
          <>
            <ImportActions data={data} onStopped={() => found.refetch()} />
            {wrote && <ButtonLink to="/products?sort=-updated">{t('imports.look')}</ButtonLink>}
          </>
        }
      />
      <ImportReport data={data} list={list} />
    </>
  );
}
