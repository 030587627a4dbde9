import { useId } from 'react';
import type { StaffProduct } from '@/api/gen/types.gen';
import { choose, standingOf } from '@/shared/variants';
import type { Options as Chosen } from '@/shared/variants';

interface OptionsProps {
  product: StaffProduct;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
}

/** What there is to choose, by the shop's own rules: what cannot be had together is off. */
export function Options({ product, chosen, onChoose }: OptionsProps) {
  const id = useId();
  return product.options.map(({ name, values }) => (
    <fieldset key={name} className="mt-5">
      <legend>
        <span className="font-semibold">{name}:</span>{' '}
        <span className="text-muted">{chosen[name]}</span>
      </legend>
      <div className="mt-2 flex flex-wrap gap-2">
        {values.map((value) => {
          const { kind } = standingOf(product, chosen, name, value);
          return (
            <label
              key={value}
              className="relative flex min-h-11 items-center rounded-full border border-field px-4 has-checked:border-ink has-checked:ring-1 has-checked:ring-ink has-disabled:border-dashed has-disabled:text-muted has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand"
            >
              <input
                type="radio"
                name={`${id}-${name}`}
                checked={chosen[name] === value}
                disabled={kind === 'impossible'}
                onChange={() => onChoose(choose(product, chosen, name, value))}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              <span className={kind === 'available' ? '' : 'line-through'}>{value}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  ));
}
