import type { MoneyOut } from '@/api/gen';
import { cx } from '@/shared/cx';
import { useShopLanguage } from '../../../i18n';

interface Props {
  price: MoneyOut;
  before?: MoneyOut | null;
  big?: boolean;
}

/** A price, with the one before it struck through. */
export function Price({ price, before, big = false }: Props) {
  const { t, money } = useShopLanguage();
  return (
    <p className={cx('flex flex-wrap items-baseline gap-x-2 tabular-nums', big && 'text-xl')}>
      <span className={cx('font-semibold', before && 'text-sale')}>
        {before && <span className="sr-only">{t('price.now')} </span>}
        {money(price, { short: true })}
      </span>
      {before && (
        <s className={cx('text-muted', big && 'text-base')}>
          <span className="sr-only">{t('price.before')} </span>
          {money(before, { short: true })}
        </s>
      )}
    </p>
  );
}
