import type {
  MoneyIn,
  ShippingOptionWrite,
  StaffRegion,
  StaffShippingOption,
} from '@/api/gen/types.gen';
import { t } from '@/admin/i18n';
import { decimal, minorUnits } from '@/admin/ui/format';
import { wholeNumber } from '../units';

/** A shipping option as people type it: amounts in the region's currency, weights in grams. */
export interface ShippingDraft {
  region_id: string;
  name: string;
  carrier: string;
  price: string;
  min_days: string;
  max_days: string;
  min_weight_g: string;
  max_weight_g: string;
  min_total: string;
  max_total: string;
  is_active: boolean;
  position: string;
}

const typed = (money: MoneyIn | null | undefined) =>
  money ? decimal(money.amount, money.currency) : '';

export function shippingDraft(
  from: StaffShippingOption | undefined,
  region: string,
): ShippingDraft {
  return {
    region_id: from?.region_id ?? region,
    name: from?.name ?? '',
    carrier: from?.carrier ?? '',
    price: typed(from?.price),
    min_days: String(from?.min_days ?? 1),
    max_days: String(from?.max_days ?? 3),
    min_weight_g: from?.min_weight_g?.toString() ?? '',
    max_weight_g: from?.max_weight_g?.toString() ?? '',
    min_total: typed(from?.min_total),
    max_total: typed(from?.max_total),
    is_active: from?.is_active ?? true,
    position: String(from?.position ?? 0),
  };
}

export const currencyOf = (draft: ShippingDraft, regions: readonly StaffRegion[]) =>
  regions.find(({ id }) => id === draft.region_id)?.currency ?? 'USD';

const OPTIONAL_WEIGHTS = ['min_weight_g', 'max_weight_g'] as const;
const OPTIONAL_AMOUNTS = ['min_total', 'max_total'] as const;

/** What is wrong, by field. */
export function shippingErrors(draft: ShippingDraft, currency: string): Record<string, string> {
  const wrong: Record<string, string> = {};
  if (!draft.name.trim()) wrong.name = t('form.required');
  if (minorUnits(draft.price, currency) === null) wrong.price = t('settings.not_an_amount');
  for (const field of OPTIONAL_AMOUNTS) {
    if (draft[field].trim() && minorUnits(draft[field], currency) === null) {
      wrong[field] = t('settings.not_an_amount');
    }
  }
  for (const field of OPTIONAL_WEIGHTS) {
    if (draft[field].trim() && wholeNumber(draft[field]) === null) {
      wrong[field] = t('form.not_a_number');
    }
  }
  for (const field of ['min_days', 'max_days', 'position'] as const) {
    if (wholeNumber(draft[field]) === null) wrong[field] = t('form.not_a_number');
  }
  return wrong;
}

/** As the API takes it; only of a draft that has no errors. */
export function shippingBody(draft: ShippingDraft, currency: string): ShippingOptionWrite {
  const amount = (text: string) => ({ amount: minorUnits(text, currency) ?? 0, currency });
  return {
    region_id: draft.region_id,
    name: draft.name,
    carrier: draft.carrier.trim() || null,
    price: amount(draft.price),
    min_days: Number(draft.min_days),
    max_days: Number(draft.max_days),
    min_weight_g: wholeNumber(draft.min_weight_g),
    max_weight_g: wholeNumber(draft.max_weight_g),
    min_total: draft.min_total.trim() ? amount(draft.min_total) : null,
    max_total: draft.max_total.trim() ? amount(draft.max_total) : null,
    is_active: draft.is_active,
    position: Number(draft.position),
  };
}
