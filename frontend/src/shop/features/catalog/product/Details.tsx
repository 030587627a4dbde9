import type { Product, VariantOut } from '@/api/gen';
import { Accordion } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';
import { useShop } from '../../../shop';

/** What is known of the product beyond its description, and how it is delivered and paid. */
export function Details({
  product,
  variant,
}: {
  product: Product;
  variant: VariantOut | undefined;
}) {
  const { t } = useShopLanguage();
  const { region } = useShop();
  const facts: [string, string | null | undefined][] = [
    [t('details.brand'), product.brand],
    [t('details.sku'), variant?.sku],
    [t('details.weight'), weight(variant?.weight_g)],
    [t('details.tags'), product.tags.join(', ')],
  ];
  const known = facts.filter(([, fact]) => fact);
  return (
    <div className="mt-6 border-t border-line">
      <Accordion title={t('details.title')} open>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          {known.map(([name, fact]) => (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd className="text-ink">{fact}</dd>
            </div>
          ))}
        </dl>
      </Accordion>
      <Accordion title={t('details.delivery')}>
        <p>{t('details.deliveryText', { region: region.name })}</p>
      </Accordion>
      <Accordion title={t('details.payment')}>
        <p>
          {t(region.tax_inclusive ? 'details.taxIn' : 'details.taxOut', {
            currency: region.currency,
          })}
        </p>
      </Accordion>
    </div>
  );
}

/** 850 → `850 g`, 1350 → `1.35 kg` */
function weight(grams: number | null | undefined): string | null {
  if (!grams) return null;
  return grams < 1000 ? `${grams} g` : `${grams / 1000} kg`;
}
