import type { AdminProductsListProductsData, StaffSort } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useList } from '@/admin/ui';
import type { BuiltInView, Filter, ListState } from '@/admin/ui';
import { useBrandChoices, useCategoryChoices } from './catalog';
import { STATUSES } from './status';

const SORTS = [
  'created',
  '-created',
  'title',
  '-title',
  'updated',
  '-updated',
] as const satisfies StaffSort[];

const INDENT = '\u2003';

/** The products' list: what it can be filtered by and the views that come with it. */
export function useProductList(): ListState {
  const t = useT();
  const statuses = STATUSES.map((value) => ({ value, label: t(`products.status_${value}`) }));
  const categories = useCategoryChoices().map(({ value, label, depth }) => ({
    value,
    label: INDENT.repeat(depth) + label,
  }));
  const filters: Filter[] = [
    { id: 'status', label: t('products.column_status'), kind: 'choice', choices: statuses },
    { id: 'category', label: t('products.filter_category'), kind: 'choice', choices: categories },
    {
      id: 'brand',
      label: t('products.column_brand'),
      kind: 'choice',
      choices: useBrandChoices(),
    },
    { id: 'tag', label: t('products.filter_tag'), kind: 'text' },
    {
      id: 'in_stock',
      label: t('products.column_stock'),
      kind: 'choice',
      choices: [
        { value: 'true', label: t('products.in_stock') },
        { value: 'false', label: t('products.out_of_stock') },
      ],
    },
  ];
  const views: BuiltInView[] = [
    { id: 'all', label: t('products.view_all'), params: {} },
    ...statuses.map(({ value, label }) => ({ id: value, label, params: { status: value } })),
    {
      id: 'sold_out',
      label: t('products.out_of_stock'),
      params: { in_stock: 'false', status: 'active' },
    },
  ];
  return useList({ id: 'products', filters, views });
}

type Query = NonNullable<AdminProductsListProductsData['query']>;

/** What the URL says, as the API takes it; what it does not know is left out. */
export function productQuery(list: Pick<ListState, 'q' | 'sort' | 'value'>): Query {
  const status = STATUSES.find((value) => value === list.value('status'));
  const sort = SORTS.find((value) => value === list.sort);
  const category = list.value('category');
  const brand = list.value('brand');
  const tag = list.value('tag')?.trim();
  const stock = list.value('in_stock');
  return {
    ...(list.q && { q: list.q }),
    ...(status && { status }),
    ...(category && { category }),
    ...(brand && { brand }),
    ...(tag && { tag }),
    ...((stock === 'true' || stock === 'false') && { in_stock: stock === 'true' }),
    ...(sort && { sort }),
  };
}
