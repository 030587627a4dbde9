import { useState } from 'react';
import type { Product } from '@/api/gen';
import { startingOptions, type Options } from '@/shared/variants';

/** A choice of options that no address remembers, beginning at what can be bought. */
export function useChoice(product: Product | undefined) {
  const [chosen, setChosen] = useState<Options | null>(null);
  const options = chosen ?? (product ? startingOptions(product) : {});
  return [options, setChosen] as const;
}
