import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { number } from '../format';
import type { ListState } from './use-list';
import type { Rows } from './types';

export function Pager<Row>({ list, page }: { list: ListState; page: Rows<Row> | undefined }) {
  const t = useT();
  const next = page?.next_cursor;
  const count = page?.items.length ?? 0;
  return (
    <nav
      aria-label={t('pager.label')}
      className="flex items-center justify-between gap-2 border-t border-line px-3 py-2"
    >
      <p className="text-[13px] text-muted" aria-live="polite">
        {page &&
          (page.total != null
            ? t('pager.of', { count, total: number(page.total) })
            : t('pager.count', { count }))}
      </p>
      <div className="flex gap-1.5">
        <Button size="small" disabled={!list.previous} onClick={list.previous}>
          <ChevronLeft aria-hidden />
          {t('pager.previous')}
        </Button>
        <Button size="small" disabled={!next} onClick={() => next && list.next(next)}>
          {t('pager.next')}
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </nav>
  );
}
