import { useId } from 'react';
import { useNavigate } from 'react-router';
import { useSearchParams } from '@/shop/useSearchParams';
import { useT } from '../../../i18n';
import { changed, hrefOf, SORTS } from './filters';

/** The order of the list. Words are best answered by relevance, a shelf by what is new. */
export function SortSelect({ bySearch }: { bySearch: boolean }) {
  const t = useT();
  const id = useId();
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const usual = bySearch ? 'relevance' : 'newest';
  const options = bySearch ? (['relevance', ...SORTS] as const) : SORTS;
  return (
    <div className="flex flex-1 items-center gap-2">
      <label htmlFor={id} className="text-sm whitespace-nowrap text-muted max-sm:sr-only">
        {t('sort.label')}
      </label>
      <select
        id={id}
        value={address.get('sort') ?? usual}
        onChange={({ target }) => {
          const sort = target.value === usual ? undefined : target.value;
          void navigate(hrefOf(changed(address, { sort })));
        }}
        className="field select h-11 text-base font-medium text-ellipsis max-sm:pr-7 max-sm:pl-2.5 sm:text-sm"
      >
        {options.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sort.${sort}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
