import { CalendarDays } from 'lucide-react';
import { useSearchParams } from 'react-router';
import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Field, Input, Select } from '@/admin/ui';
import { today } from '@/admin/ui/days';
import { PRESETS } from './period';
import type { Chosen } from './period';

/** Which days the figures are of, and in which currency; both in the URL. */
export function PeriodPicker({ chosen, currency }: { chosen: Chosen; currency: string }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const store = useStore();
  const set = (changes: Record<string, string>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParams(next, { preventScrollReset: true });
  };
  const presets = [...PRESETS, 'custom' as const].map((value) => ({
    value,
    label: t(`home.period_${value}`),
  }));
  return (
    <div className="flex flex-wrap items-end gap-2">
      {chosen.preset === 'custom' && (
        <>
          <Field label={t('home.from')} quiet>
            <Input
              type="date"
              value={chosen.from}
              max={chosen.to}
              onChange={({ target }) => target.value && set({ from: target.value })}
            />
          </Field>
          <Field label={t('home.to')} quiet>
            <Input
              type="date"
              value={chosen.to}
              min={chosen.from}
              max={today()}
              onChange={({ target }) => target.value && set({ to: target.value })}
            />
          </Field>
        </>
      )}
      <div className="relative">
        <CalendarDays
          aria-hidden
          className="pointer-events-none absolute top-2.5 left-2.5 z-10 size-4 text-muted"
        />
        <Field label={t('home.period')} quiet>
          <Select
            className="[&_select]:pl-8"
            choices={presets}
            value={chosen.preset}
            onChange={({ target: { value } }) =>
              set(
                value === 'custom'
                  ? { period: '', from: chosen.from, to: chosen.to }
                  : { period: value === '30d' ? '' : value, from: '', to: '' },
              )
            }
          />
        </Field>
      </div>
      {store && store.currencies.length > 1 && (
        <Field label={t('home.currency')} quiet>
          <Select
            choices={store.currencies.map((code) => ({ value: code, label: code }))}
            value={currency}
            onChange={({ target: { value } }) => set({ currency: value })}
          />
        </Field>
      )}
    </div>
  );
}
