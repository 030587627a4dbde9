import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import type { PriceFacet } from '@/api/gen';
import { toMajor, toMinor } from '@/shared/money';
import { useSearchParams } from '@/shop/useSearchParams';
import { useShopLanguage } from '../../../i18n';
import { changed, hrefOf } from './filters';

/** The price from and to, typed in whole units; the address holds minor ones. */
export function PriceFilter({ price }: { price: PriceFacet }) {
  const { t } = useShopLanguage();
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const { currency, min, max } = price;
  const shown = (name: string) => {
    const minor = address.get(name);
    return minor && currency ? String(toMajor(Number(minor), currency)) : '';
  };
  const [from, setFrom] = useState(() => shown('price_min'));
  const [to, setTo] = useState(() => shown('price_max'));
  if (!currency || min === null || max === null) return null;

  const apply = (event: FormEvent) => {
    event.preventDefault();
    const [price_min, price_max] = [from, to].map((text) => toMinor(text, currency)?.toString());
    void navigate(hrefOf(changed(address, { price_min, price_max })));
  };

  return (
    <form onSubmit={apply}>
      <fieldset>
        <legend className="text-sm font-semibold">
          {t('filter.price')} <span className="font-normal text-muted">({currency})</span>
        </legend>
        <div className="mt-2.5 flex items-center gap-2">
          <input
            inputMode="decimal"
            aria-label={t('filter.priceFrom')}
            placeholder={String(Math.floor(toMajor(min, currency)))}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            className="field h-10 min-w-0 px-2.5 text-base"
          />
          <span aria-hidden className="text-muted">
            –
          </span>
          <input
            inputMode="decimal"
            aria-label={t('filter.priceTo')}
            placeholder={String(Math.ceil(toMajor(max, currency)))}
            value={to}
            onChange={(event) => setTo(event.target.value)}
            className="field h-10 min-w-0 px-2.5 text-base"
          />
        </div>
        <button type="submit" className="btn btn-ghost mt-2 min-h-10 w-full text-sm">
          {t('filter.apply')}
        </button>
      </fieldset>
    </form>
  );
}
