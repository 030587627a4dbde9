import type { ProductPatch, StaffProduct } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Badge, Table } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { money } from '@/admin/ui/format';
import { useCategoryChoices } from '../catalog';
import { StatusBadge } from '../status';
import { patchFor, priceRange } from './plan';
import type { BulkChange } from './plan';
import type { Outcome } from './use-bulk';

interface PreviewProps {
  products: readonly StaffProduct[];
  change: BulkChange | undefined;
  outcomes: Record<string, Outcome>;
}

function range(variants: Parameters<typeof priceRange>[0], currency: string): string {
  const found = priceRange(variants, currency);
  if (!found) return '–';
  const least = money({ amount: found.least, currency });
  return found.least === found.most
    ? least
    : `${least} – ${money({ amount: found.most, currency })}`;
}

/** Each product with what it is now, what it becomes, and what became of it. */
export function Preview({ products, change, outcomes }: PreviewProps) {
  const t = useT();
  const categories = useCategoryChoices();
  const nameOf = (id: string) => categories.find((each) => each.value === id)?.label ?? id;
  const currenciesOf = (product: StaffProduct) =>
    change?.kind === 'price_set'
      ? [change.currency]
      : [...new Set(product.variants.flatMap((each) => each.prices.map((p) => p.currency)))];

  const told = (product: StaffProduct, patch: ProductPatch) => {
    if (change?.kind === 'status') return <StatusBadge status={patch.status ?? product.status} />;
    if (change?.kind === 'tags') return (patch.tags ?? product.tags).join(', ') || '–';
    if (change?.kind === 'category') {
      const ids = patch.category_ids ?? product.categories.map((category) => category.id);
      return ids.map(nameOf).join(', ') || '–';
    }
    return currenciesOf(product).map((currency) => (
      <span key={currency} className="block tabular-nums">
        {range(patch.variants ?? product.variants, currency)}
      </span>
    ));
  };

  const columns: Column<StaffProduct>[] = [
    { id: 'title', header: t('products.column_product'), cell: (product) => product.title },
    { id: 'before', header: t('bulk.before'), cell: (product) => told(product, {}) },
    {
      id: 'after',
      header: t('bulk.after'),
      cell: (product) => {
        const patch = change && patchFor(product, change);
        if (!patch) return <span className="text-muted">{change ? t('bulk.unchanged') : '–'}</span>;
        return <span className="font-medium">{told(product, patch)}</span>;
      },
    },
    {
      id: 'outcome',
      header: t('bulk.outcome'),
      cell: (product) => <OutcomeBadge outcome={outcomes[product.id]} />,
    },
  ];
  return (
    <div className="rounded-lg border border-line">
      <Table label={t('bulk.preview')} columns={columns} rows={products} idOf={(each) => each.id} />
    </div>
  );
}

function OutcomeBadge({ outcome }: { outcome: Outcome | undefined }) {
  const t = useT();
  if (!outcome) return null;
  if (outcome.state === 'refused') {
    return (
      <span className="text-danger">
        <Badge tone="danger">{t('bulk.refused')}</Badge> {outcome.why}
      </span>
    );
  }
  return (
    <Badge tone={outcome.state === 'saved' ? 'good' : 'neutral'}>
      {t(`bulk.${outcome.state}`)}
    </Badge>
  );
}
