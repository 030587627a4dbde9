import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Percent, Plus } from 'lucide-react';
import {
  adminTaxRatesListOptions,
  adminTaxRatesListQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import type { TaxRateOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { Button, EmptyState } from '@/admin/ui';
import type { Column } from '@/admin/ui';
import { useCountryNames } from '@/admin/ui/countries';
import { MarketsHeader } from '../headers';
import { TaxDialog } from '../markets/tax-dialog';
import { useRegions } from '../markets/use-regions';
import { ThingTable } from '../thing-table';
import { percentText } from '../units';

export default function Taxes() {
  const t = useT();
  const cache = useQueryClient();
  const regions = useRegions();
  const names = useCountryNames();
  const page = useQuery(adminTaxRatesListOptions());
  const [editing, setEditing] = useState<TaxRateOut | 'new'>();
  const placeOf = ({ country, state }: TaxRateOut) =>
    country
      ? [state, names[country] ?? country].filter(Boolean).join(', ')
      : t('markets.whole_region');
  const columns: Column<TaxRateOut>[] = [
    {
      id: 'name',
      header: t('settings.name'),
      cell: (rate) => <span className="font-medium">{rate.name}</span>,
    },
    {
      id: 'rate',
      header: t('markets.rate'),
      align: 'right',
      cell: (rate) => `${percentText(rate.rate_bp)} %`,
    },
    {
      id: 'region',
      header: t('markets.region'),
      cell: (rate) => regions.find(({ id }) => id === rate.region_id)?.name ?? '–',
    },
    {
      id: 'where',
      header: t('markets.where'),
      cell: placeOf,
    },
    {
      id: 'shipping',
      header: t('markets.shipping'),
      cell: (rate) => (rate.applies_to_shipping ? t('markets.taxed') : t('markets.untaxed')),
    },
  ];
  const add = regions.length > 0 && (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden />
      {t('markets.add_tax')}
    </Button>
  );
  return (
    <>
      <MarketsHeader actions={add} />
      <ThingTable
        label={t('markets.taxes')}
        page={page}
        columns={columns}
        idOf={(rate) => rate.id}
        nameOf={(rate) => `${rate.name}, ${placeOf(rate)}`}
        onEdit={setEditing}
        empty={
          <EmptyState icon={<Percent />} title={t('markets.no_taxes')} action={add}>
            {t('markets.no_taxes_hint')}
          </EmptyState>
        }
      />
      {editing && (
        <TaxDialog
          rate={editing === 'new' ? undefined : editing}
          regions={regions}
          onClose={() => setEditing(undefined)}
          onChanged={() => cache.invalidateQueries({ queryKey: adminTaxRatesListQueryKey() })}
        />
      )}
    </>
  );
}
