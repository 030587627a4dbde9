import { Check } from 'lucide-react';
import type { AttributeFacet, CategoryNode, FacetsOut } from '@/api/gen';
import { cx } from '@/shared/cx';
import { Skeleton } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useSearchParams } from '@/shop/useSearchParams';
import { useShopLanguage } from '../../../i18n';
import { swatchOf } from '../swatches';
import { has, hrefOf, toggled } from './filters';
import { PriceFilter } from './PriceFilter';

const SHOWN = 8;

export interface Column {
  facets: FacetsOut | null;
  below?: CategoryNode[] | undefined;
  categoryLinks: 'page' | 'filter';
}

/** What the list can be narrowed down by. Each choice is a link: it works without a script. */
export function Facets({ facets, below, categoryLinks }: Column) {
  const { t } = useShopLanguage();
  const [address] = useSearchParams();
  if (!facets) return <Skeleton className="h-96 w-full rounded-tile!" />;
  const counts = new Map(facets.categories.map(({ slug, count }) => [slug, count]));
  const tops = facets.categories.filter(({ parent_id: parent }) => parent === null);
  const categories = below
    ? below.map(({ slug, name }) => ({ slug, name, count: counts.get(slug) ?? 0 }))
    : tops;
  return (
    <div className="flex flex-col gap-7">
      {categories.length > 0 && (
        <Group title={t('filter.category')}>
          {categories.map(({ slug, name, count }) =>
            categoryLinks === 'page' ? (
              <Row key={slug} to={`/c/${slug}`} label={name} count={count} />
            ) : (
              <Choice key={slug} name="category" value={slug} label={name} count={count} />
            ),
          )}
        </Group>
      )}
      <Group title={t('filter.availability')}>
        <Choice name="in_stock" value="true" label={t('filter.inStock')} count={facets.in_stock} />
        <Choice name="on_sale" value="true" label={t('filter.onSale')} count={facets.on_sale} />
      </Group>
      <PriceFilter key={`${address}`} price={facets.price} />
      {facets.brands.length > 1 && (
        <Group title={t('filter.brand')}>
          {facets.brands.map(({ slug, name, count }) => (
            <Choice key={slug} name="brand" value={slug} label={name} count={count} />
          ))}
        </Group>
      )}
      {facets.attributes.map((facet) => (
        <Attribute key={facet.name} facet={facet} />
      ))}
    </div>
  );
}

/** Colours as swatches, other options as a list of which the first eight are open. */
function Attribute({ facet }: { facet: AttributeFacet }) {
  const { t } = useShopLanguage();
  const { name, values } = facet;
  const colours = values.filter(({ value }) => swatchOf(name, value));
  const words = values.filter(({ value }) => !swatchOf(name, value));
  const rows = words.map(({ value, count }) => (
    <Choice
      key={value}
      name={`attr[${name}]`}
      value={value}
      label={<span className="first-letter:uppercase">{value}</span>}
      count={count}
    />
  ));
  return (
    <Group title={<span className="inline-block first-letter:uppercase">{name}</span>}>
      {colours.length > 0 && (
        <li className="flex flex-wrap gap-1.5 pt-2 pb-1">
          {colours.map(({ value, count }) => (
            <Swatch key={value} option={name} value={value} count={count} />
          ))}
        </li>
      )}
      {rows.slice(0, SHOWN)}
      {rows.length > SHOWN && (
        <li>
          <details className="group/more">
            <summary className="link inline-block py-1.5 text-sm group-open/more:hidden">
              {t('filter.more', { count: rows.length - SHOWN })}
            </summary>
            <ul>{rows.slice(SHOWN)}</ul>
          </details>
        </li>
      )}
    </Group>
  );
}

function Swatch({ option, value, count }: { option: string; value: string; count: number }) {
  const { t } = useShopLanguage();
  const [address] = useSearchParams();
  const name = `attr[${option}]`;
  const on = has(address, name, value);
  return (
    <Link
      to={hrefOf(toggled(address, name, value))}
      aria-current={on || undefined}
      title={value}
      rel="nofollow"
      className={cx(
        'grid size-9 place-items-center rounded-full border hover:border-muted',
        on ? 'border-ink' : 'border-transparent',
      )}
    >
      <span
        aria-hidden
        style={{ background: swatchOf(option, value) }}
        className="size-7 rounded-full ring-1 ring-ink/25 ring-inset"
      />
      <span className="sr-only">{t('filter.value', { value, count })}</span>
    </Link>
  );
}

function Group({ title, children }: { title: React.ReactNode; children: React.ReactNode }) {
  return (
    <section>
      <h2 className="text-sm font-semibold">{title}</h2>
      <ul className="mt-1.5">{children}</ul>
    </section>
  );
}

interface RowProps {
  to: string;
  label: React.ReactNode;
  count: number;
}

function Row({ to, label, count }: RowProps) {
  return (
    <li>
      <Link to={to} className="flex justify-between gap-3 py-1.5 hover:underline">
        <span>{label}</span>
        <span className="text-sm text-muted tabular-nums">{count}</span>
      </Link>
    </li>
  );
}

function Choice({
  name,
  value,
  label,
  count,
}: Omit<RowProps, 'to'> & { name: string; value: string }) {
  const [address] = useSearchParams();
  const on = has(address, name, value);
  return (
    <li>
      <Link
        to={hrefOf(toggled(address, name, value))}
        aria-current={on || undefined}
        rel="nofollow"
        className={cx(
          'group/choice flex items-center gap-2.5 py-1.5',
          count === 0 && !on && 'text-muted',
        )}
      >
        <span
          aria-hidden
          className={cx(
            'grid size-4.5 shrink-0 place-items-center rounded border',
            on
              ? 'border-brand bg-brand text-brand-ink'
              : 'border-field bg-surface group-hover/choice:border-ink',
          )}
        >
          {on && <Check className="size-3.5" strokeWidth={3} />}
        </span>
        <span className="flex-1">{label}</span>
        <span className="text-sm text-muted tabular-nums">{count}</span>
      </Link>
    </li>
  );
}
