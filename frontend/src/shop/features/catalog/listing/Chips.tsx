import { X } from 'lucide-react';
import type { FacetsOut } from '@/api/gen';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';
import { active, attributeOf, cleared, hrefOf, without, type Active } from './filters';

/** The filters that are on; each is taken off by a press. */
export function Chips({ facets }: { facets: FacetsOut | null }) {
  const { t } = useShopLanguage();
  const [address] = useSearchParams();
  const label = useLabel(facets);
  const filters = active(address);
  if (filters.length === 0) return null;
  return (
    <ul
      aria-label={t('filter.active')}
      className="mb-6 flex gap-2 overflow-x-auto pb-1 sm:flex-wrap"
    >
      {filters.map((filter) => (
        <li key={`${filter.name}=${filter.value}`}>
          <Link to={hrefOf(without(address, filter))} className="chip">
            <span className="sr-only">{t('filter.remove')} </span>
            <span className="inline-block first-letter:uppercase">{label(filter)}</span>
            <X aria-hidden className="size-3.5" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to={hrefOf(cleared(address))}
          className="link inline-flex min-h-9 items-center px-2 text-[13px] font-medium whitespace-nowrap"
        >
          {t('filter.clear')}
        </Link>
      </li>
    </ul>
  );
}

function useLabel(facets: FacetsOut | null): (filter: Active) => string {
  const { t, money } = useShopLanguage();
  const { region } = useShop();
  return ({ name, value }) => {
    if (name === 'in_stock') return t('filter.inStock');
    if (name === 'on_sale') return t('filter.onSale');
    if (name === 'brand') return facets?.brands.find(({ slug }) => slug === value)?.name ?? value;
    if (name === 'category') {
      return facets?.categories.find(({ slug }) => slug === value)?.name ?? value;
    }
    if (name === 'price') {
      const [from, to] = value
        .split('-')
        .map((amount) =>
          amount
            ? money({ amount: Number(amount), currency: region.currency }, { short: true })
            : '',
        );
      if (from && to) return `${from} – ${to}`;
      return from
        ? t('filter.priceAbove', { price: from })
        : t('filter.priceBelow', { price: to ?? '' });
    }
    return attributeOf(name) ? value : name;
  };
}
