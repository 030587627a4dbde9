import { useState } from 'react';
import { ArrowDown, ArrowUp, Pencil } from 'lucide-react';
import { adminCategoriesChange } from '@/api/gen/sdk.gen';
import type { StaffCategory } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, IconButton, ifMatch, toastProblem } from '@/admin/ui';
import { inTreeOrder } from '../catalog';

interface CategoryTreeProps {
  all: readonly StaffCategory[];
  mayWrite: boolean;
  onEdit: (category: StaffCategory) => void;
  onChanged: () => Promise<unknown>;
}

/** All categories, children below their parent; arrows move one among its neighbours. */
export function CategoryTree({ all, mayWrite, onEdit, onChanged }: CategoryTreeProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const rows = inTreeOrder(all);
  const neighboursOf = (category: StaffCategory) =>
    rows.filter((other) => other.parent_id === category.parent_id);

  const move = async (category: StaffCategory, step: 1 | -1) => {
    const order = neighboursOf(category);
    const from = order.findIndex((other) => other.id === category.id);
    const [moved] = order.splice(from, 1);
    if (moved) order.splice(from + step, 0, moved);
    setBusy(true);
    try {
      for (const [position, each] of order.entries()) {
        if (each.position === position) continue;
        // In order: each is a change of its own in the audit log.
        // oxlint-disable-next-line no-await-in-loop
        await adminCategoriesChange({
          path: { category_id: each.id },
          body: { position },
          ...ifMatch(each.version),
          throwOnError: true,
        });
      }
    } catch (error) {
      toastProblem(error);
    } finally {
      await onChanged();
      setBusy(false);
    }
  };
  return (
    <ul aria-label={t('nav.categories')} className="divide-y divide-line">
      {rows.map((category) => {
        const order = neighboursOf(category);
        const place = order.findIndex((other) => other.id === category.id);
        return (
          <li
            key={category.id}
            className="flex min-h-12 items-center gap-1 pr-2 hover:bg-tile/50"
            style={{ paddingLeft: `${16 + category.depth * 24}px` }}
          >
            <div className="min-w-0 flex-1 py-1.5">
              <p className="truncate font-medium">
                {category.name} {!category.is_active && <Badge>{t('categories.hidden')}</Badge>}
              </p>
              <p className="truncate text-[13px] text-muted">/c/{category.slug}</p>
            </div>
            {mayWrite && (
              <div className="flex shrink-0">
                <IconButton
                  label={t('categories.up', { name: category.name })}
                  disabled={busy || place === 0}
                  onClick={() => void move(category, -1)}
                >
                  <ArrowUp aria-hidden />
                </IconButton>
                <IconButton
                  label={t('categories.down', { name: category.name })}
                  disabled={busy || place === order.length - 1}
                  onClick={() => void move(category, 1)}
                >
                  <ArrowDown aria-hidden />
                </IconButton>
                <IconButton
                  label={t('categories.edit', { name: category.name })}
                  onClick={() => onEdit(category)}
                >
                  <Pencil aria-hidden />
                </IconButton>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
