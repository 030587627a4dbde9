import { useId } from 'react';
import type { OptionOut, Product } from '@/api/gen';
import { cx } from '@/shared/cx';
import { announce } from '@/shared/ui';
import { useShopLanguage } from '../../../i18n';
import { swatchOf } from '../swatches';
import { choose, standingOf, type Options, type Standing } from '@/shared/variants';

interface Props {
  product: Pick<Product, 'options' | 'variants'>;
  options: Options;
  onChoose: (options: Options) => void;
}

/** One group of radio buttons per option. What cannot be had is off, and below it stands why. */
export function VariantPicker({ product, options, onChoose }: Props) {
  const { t } = useShopLanguage();
  if (product.variants.length === 1 && product.options.every(({ values }) => values.length === 1)) {
    return null;
  }
  const pick = (option: string, value: string) => {
    const next = choose(product, options, option, value);
    const followed = product.options.filter(
      ({ name }) => name !== option && next[name] !== options[name],
    );
    for (const { name } of followed) {
      announce(t('variant.followed', { option: name, value: next[name] ?? '' }));
    }
    onChoose(next);
  };
  return (
    <div className="flex flex-col gap-5">
      {product.options.map((option) => (
        <OptionGroup
          key={option.name}
          option={option}
          chosen={options[option.name]}
          standing={(value) => standingOf(product, options, option.name, value)}
          onPick={(value) => pick(option.name, value)}
        />
      ))}
    </div>
  );
}

interface GroupProps {
  option: OptionOut;
  chosen: string | undefined;
  standing: (value: string) => Standing;
  onPick: (value: string) => void;
}

function OptionGroup({ option, chosen, standing, onPick }: GroupProps) {
  const { t } = useShopLanguage();
  const id = useId();
  const judged = option.values.map((value) => ({ value, standing: standing(value) }));
  const refused = judged.flatMap(({ value, standing: { kind, ...rest } }) =>
    kind === 'impossible' && 'beside' in rest ? [{ value, beside: rest.beside }] : [],
  );
  const why = `${id}-why`;
  return (
    <fieldset aria-describedby={refused.length > 0 ? why : undefined}>
      <legend className="text-sm">
        <span className="font-semibold">{option.name}:</span>{' '}
        <span className="text-muted">{chosen}</span>
      </legend>
      <div className="mt-2.5 flex flex-wrap gap-2">
        {judged.map(({ value, standing: { kind } }) => (
          <Value
            key={value}
            name={id}
            option={option.name}
            value={value}
            kind={kind}
            checked={value === chosen}
            onPick={() => onPick(value)}
          />
        ))}
      </div>
      {refused.length > 0 && (
        <p id={why} className="mt-2 text-sm text-muted">
          {t('variant.impossible', {
            values: refused.map(({ value }) => value).join(', '),
            beside: (refused[0]?.beside ?? []).join(', '),
          })}
        </p>
      )}
    </fieldset>
  );
}

interface ValueProps {
  name: string;
  option: string;
  value: string;
  kind: Standing['kind'];
  checked: boolean;
  onPick: () => void;
}

function Value({ name, option, value, kind, checked, onPick }: ValueProps) {
  const { t } = useShopLanguage();
  const swatch = swatchOf(option, value);
  const off = kind === 'impossible';
  return (
    <label
      title={value}
      className={cx(
        'relative has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand',
        off ? 'cursor-not-allowed opacity-45' : 'cursor-pointer',
        swatch
          ? 'grid size-11 place-items-center rounded-full border border-transparent hover:border-field has-checked:border-ink'
          : 'inline-flex min-h-11 items-center rounded-btn border border-field bg-surface px-4 text-sm font-medium hover:border-ink has-checked:border-ink has-checked:bg-ink has-checked:text-paper',
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        disabled={off}
        onChange={onPick}
        className="sr-only"
      />
      {swatch && (
        <span
          aria-hidden
          style={{ background: swatch }}
          className="size-8 rounded-full ring-1 ring-ink/25 ring-inset"
        />
      )}
      <span className={swatch && 'sr-only'}>{value}</span>
      {kind === 'soldOut' && <span className="sr-only">, {t('badge.soldOut')}</span>}
      {kind !== 'available' && (
        <span
          aria-hidden
          className={cx(
            'pointer-events-none absolute inset-0 overflow-hidden',
            swatch ? 'rounded-full' : 'rounded-btn',
          )}
        >
          <span className="absolute top-1/2 left-1/2 h-px w-[150%] -translate-1/2 -rotate-45 bg-muted" />
        </span>
      )}
    </label>
  );
}
