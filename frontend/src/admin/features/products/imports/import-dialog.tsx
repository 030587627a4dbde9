import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { adminLocationsListOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminImportsCreate } from '@/api/gen/sdk.gen';
import type { StockMode } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { useStore } from '@/admin/app/use-store';
import {
  Badge,
  Button,
  Checkbox,
  Dialog,
  Field,
  FileDrop,
  FormErrors,
  idempotent,
  Select,
  useDraft,
} from '@/admin/ui';
import { fileSize } from '@/admin/ui/format';
import { headerOf } from './header';

/** A file, how to read it, and whether to try it first. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const may = useMay();
  const store = useStore();
  const navigate = useNavigate();
  const [file, setFile] = useState<File>();
  const draft = useDraft({
    currency: '',
    stock: 'create' as StockMode,
    location: '',
    dry_run: true,
    with_pictures: true,
  });
  const [busy, setBusy] = useState(false);
  const locations = useQuery({
    ...adminLocationsListOptions(),
    enabled: may('inventory:read'),
    staleTime: 60_000,
  });
  const { value, set, error } = draft;
  const begin = async () => {
    if (!file) return;
    const { currency, location, ...rest } = value;
    setBusy(true);
    try {
      const { data } = await adminImportsCreate({
        body: { file, ...rest, ...(currency && { currency }), ...(location && { location }) },
        ...idempotent(),
        throwOnError: true,
      });
      void navigate(`/imports/${data.id}`);
    } catch (thrown) {
      draft.refuseBy(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('imports.begin')}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!file} onClick={() => void begin()}>
            {value.dry_run ? t('imports.try') : t('imports.run')}
          </Button>
        </>
      }
    >
      <FormErrors title={t('form.not_saved')} messages={draft.messages} />
      <FileDrop
        label={file ? `${file.name} · ${fileSize(file.size)}` : t('imports.drop')}
        hint={t('imports.formats')}
        accept=".csv,text/csv"
        onFiles={([chosen]) => setFile(chosen)}
      />
      {file && <Columns file={file} />}
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        <Field label={t('imports.currency')} error={error('currency')}>
          <Select
            value={value.currency}
            empty={store?.default_currency ?? ''}
            onChange={(event) => set({ currency: event.target.value })}
            choices={(store?.currencies ?? [])
              .filter((code) => code !== store?.default_currency)
              .map((code) => ({ value: code, label: code }))}
          />
        </Field>
        <Field label={t('imports.stock')} error={error('stock')}>
          <Select
            value={value.stock}
            onChange={(event) => set({ stock: event.target.value as StockMode })}
            choices={(['create', 'replace'] as const).map((mode) => ({
              value: mode,
              label: t(`imports.stock_${mode}`),
            }))}
          />
        </Field>
        {locations.data && locations.data.items.length > 1 && (
          <Field label={t('imports.location')} error={error('location')}>
            <Select
              value={value.location}
              empty={t('imports.location_first')}
              onChange={(event) => set({ location: event.target.value })}
              choices={locations.data.items.map((each) => ({ value: each.code, label: each.name }))}
            />
          </Field>
        )}
      </div>
      <div className="mt-4 space-y-2">
        <Checkbox
          label={t('imports.with_pictures')}
          checked={value.with_pictures}
          onChange={(event) => set({ with_pictures: event.target.checked })}
        />
        <Checkbox
          label={t('imports.dry_run')}
          hint={t('imports.dry_run_hint')}
          checked={value.dry_run}
          onChange={(event) => set({ dry_run: event.target.checked })}
        />
      </div>
    </Dialog>
  );
}

/** The columns the file has, so that one sees at once that it is the right file. */
function Columns({ file }: { file: File }) {
  const t = useT();
  const [names, setNames] = useState<string[]>([]);
  useEffect(() => {
    let current = true;
    void headerOf(file).then((found) => current && setNames(found));
    return () => {
      current = false;
    };
  }, [file]);
  if (names.length === 0) return null;
  return (
    <details className="mt-3">
      <summary className="text-[13px] font-medium">
        {t('imports.columns', { count: names.length })}
      </summary>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {names.map((name) => (
          <li key={name}>
            <Badge>{name}</Badge>
          </li>
        ))}
      </ul>
    </details>
  );
}
