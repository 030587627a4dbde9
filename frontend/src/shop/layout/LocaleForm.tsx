import { useId } from 'react';
import { useLocation } from 'react-router';
import { cx } from '@/shared/cx';
import { useShopLanguage } from '../i18n';
import { inLanguage, LANGUAGES, prefixOf } from '../languages';
import { useShop } from '../shop';

/** Region (and with it the currency) and language. Languages are links: each page has its own. */
export function LocaleForm({ className }: { className?: string }) {
  const { t, locale } = useShopLanguage();
  const { store, region, chooseRegion } = useShop();
  const { pathname, search } = useLocation();
  const id = useId();
  const here = prefixOf(locale) + pathname;
  return (
    <div className={cx('flex flex-col gap-4', className)}>
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {t('locale.region')}
        </label>
        <select
          id={id}
          className="field select mt-1.5"
          value={region.id}
          onChange={(event) => chooseRegion(event.target.value)}
        >
          {store.regions.map(({ id: value, name, currency }) => (
            <option key={value} value={value}>
              {name} · {currency}
            </option>
          ))}
        </select>
      </div>
      <div>
        <p className="text-sm font-medium">{t('locale.language')}</p>
        <ul className="mt-1.5 flex flex-wrap gap-2">
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <li key={code}>
              <a
                href={inLanguage(code, here) + search}
                hrefLang={code}
                lang={code}
                aria-current={code === locale ? 'true' : undefined}
                className="chip aria-[current=true]:border-ink aria-[current=true]:bg-ink aria-[current=true]:text-paper"
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
