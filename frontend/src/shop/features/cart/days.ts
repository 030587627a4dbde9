import type { useShopLanguage } from '../../i18n';

type Speaker = ReturnType<typeof useShopLanguage>;

/** `Tue, Nov 24 to Fri, Nov 27`, counted from today. */
export function daysOf(
  { min_days: min, max_days: max }: { min_days: number; max_days: number },
  { t, dayAfter }: Speaker,
): string {
  const today = new Date();
  const to = dayAfter(today, max);
  return min === max
    ? t('delivery.on', { day: to })
    : t('delivery.between', { from: dayAfter(today, min), to });
}
