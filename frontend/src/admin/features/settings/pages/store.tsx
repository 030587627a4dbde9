import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  adminStoreGetOptions,
  adminStoreGetQueryKey,
  storeConfigQueryKey,
} from '@/api/gen/@tanstack/react-query.gen';
import { adminStoreChange, adminStoreGet } from '@/api/gen/sdk.gen';
import type { StoreOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import {
  Card,
  ErrorState,
  Field,
  ifMatch,
  Input,
  PageHeader,
  PageSkeleton,
  Select,
  useEditor,
} from '@/admin/ui';
import { useCountryChoices } from '@/admin/ui/countries';

export default function StorePage() {
  const t = useT();
  const store = useQuery(adminStoreGetOptions());
  return (
    <>
      <PageHeader title={t('nav.store')} sub={t('store.hint')} />
      {store.data ? (
        <StoreForm store={store.data} />
      ) : store.isError ? (
        <div className="card">
          <ErrorState error={store.error} onRetry={() => void store.refetch()} />
        </div>
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

const valueOf = (store: StoreOut) => ({
  name: store.name,
  default_currency: store.default_currency,
  country: store.country ?? '',
  support_email: store.support_email ?? '',
});

function StoreForm({ store }: { store: StoreOut }) {
  const t = useT();
  const cache = useQueryClient();
  const countries = useCountryChoices();
  const { value, set, error, chrome } = useEditor({
    resource: store,
    valueOf,
    name: store.name,
    check: ({ name, default_currency: currency }) => ({
      ...(!name.trim() && { name: t('form.required') }),
      ...(!/^[A-Z]{3}$/.test(currency) && { default_currency: t('settings.not_a_currency') }),
    }),
    write: async (changes, _, version) => {
      const { country, support_email, ...rest } = changes;
      const body = {
        ...rest,
        ...(country !== undefined && { country: country || null }),
        ...(support_email !== undefined && { support_email: support_email.trim() || null }),
      };
      const { data } = await adminStoreChange({ body, ...ifMatch(version), throwOnError: true });
      cache.setQueryData(adminStoreGetQueryKey(), data);
      void cache.invalidateQueries({ queryKey: storeConfigQueryKey() });
      return data;
    },
    reload: async () => (await adminStoreGet({ throwOnError: true })).data,
  });
  return (
    <>
      {chrome}
      <Card title={t('store.about')} className="max-w-2xl">
        <div className="space-y-4">
          <Field label={t('store.name')} error={error('name')}>
            <Input value={value.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Field
            label={t('store.support_email')}
            hint={t('store.support_email_hint')}
            error={error('support_email')}
          >
            <Input
              type="email"
              value={value.support_email}
              onChange={(event) => set({ support_email: event.target.value })}
            />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('address.country')} error={error('country')}>
              <Select
                value={value.country}
                empty={t('form.choose')}
                choices={countries}
                onChange={(event) => set({ country: event.target.value })}
              />
            </Field>
            <Field
              label={t('store.currency')}
              hint={t('store.currency_hint')}
              error={error('default_currency')}
            >
              <Input
                value={value.default_currency}
                maxLength={3}
                onChange={(event) => set({ default_currency: event.target.value.toUpperCase() })}
              />
            </Field>
          </div>
        </div>
      </Card>
    </>
  );
}
