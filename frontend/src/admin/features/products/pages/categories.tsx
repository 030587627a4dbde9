import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FolderTree, Plus } from 'lucide-react';
import { adminCategoriesListCategoriesOptions } from '@/api/gen/@tanstack/react-query.gen';
import type { StaffCategory } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Button, EmptyState, ErrorState, PageHeader, Skeleton } from '@/admin/ui';
import { CategoryDialog } from '../taxonomy/category-dialog';
import { CategoryTree } from '../taxonomy/category-tree';

export default function Categories() {
  const t = useT();
  const mayWrite = useMay()('catalog:write');
  const cache = useQueryClient();
  const query = adminCategoriesListCategoriesOptions();
  const categories = useQuery(query);
  const [editing, setEditing] = useState<StaffCategory | 'new'>();
  const all = categories.data?.items ?? [];
  const refresh = () => cache.invalidateQueries({ queryKey: query.queryKey });
  const add = (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('categories.add')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('nav.categories')}
        sub={t('categories.hint')}
        actions={mayWrite && all.length > 0 && add}
      />
      <section className="card overflow-hidden">
        {categories.isPending ? (
          <div className="space-y-3 p-4">
            {[60, 40, 50, 45].map((width) => (
              <Skeleton key={width} className="h-6" />
            ))}
          </div>
        ) : categories.isError && !categories.data ? (
          <ErrorState error={categories.error} onRetry={() => void categories.refetch()} />
        ) : all.length === 0 ? (
          <EmptyState icon={<FolderTree />} title={t('categories.empty')} action={mayWrite && add}>
            {t('categories.empty_hint')}
          </EmptyState>
        ) : (
          <CategoryTree all={all} mayWrite={mayWrite} onEdit={setEditing} onChanged={refresh} />
        )}
      </section>
      {editing && (
        <CategoryDialog
          category={editing === 'new' ? undefined : editing}
          all={all}
          onClose={() => setEditing(undefined)}
          onChanged={refresh}
        />
      )}
    </>
  );
}
