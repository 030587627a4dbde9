import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { adminLocationsListOptions } from '@/api/gen/@tanstack/react-query.gen';
import { adminImportsCreate, adminImportsPreview } from '@/api/gen/sdk.gen';
import type { ImportOut, PreviewOut } from '@/api/gen/types.gen';
import { useMay } from '@/admin/app/permissions';
import { useStore } from '@/admin/app/use-store';
import { useDraft, useOnce } from '@/admin/ui';
import type { ImportOptions } from './import-options';
import { guessed, targets, toSend } from './mapping';
import type { Mapping } from './mapping';

const ENOUGH = 4_000_000; // bytes: the first rows of any file

export interface ChosenFile {
  file: File;
  preview: PreviewOut;
  mapping: Mapping;
}

/** A file on its way to be imported: what its columns are, and how to import it. */
export function useImportForm() {
  const may = useMay();
  const store = useStore();
  const [chosen, setChosen] = useState<ChosenFile>();
  const draft = useDraft<ImportOptions>({
    currency: '',
    stock: 'create',
    location: '',
    with_pictures: true,
  });
  const once = useOnce();
  const places = useQuery({
    ...adminLocationsListOptions(),
    enabled: may('inventory:read'),
    staleTime: 60_000,
  });
  const locations = places.data?.items.map((place) => place.name) ?? [];

  const look = useMutation({
    mutationFn: async (file: File) => {
      const start = new File([file.slice(0, ENOUGH)], file.name, { type: file.type });
      const { data } = await adminImportsPreview({ body: { file: start }, throwOnError: true });
      return { file, preview: data, mapping: guessed(data.columns) };
    },
    onSuccess: setChosen,
  });
  const send = useMutation({
    mutationFn: async ({ dry_run }: { dry_run: boolean }): Promise<ImportOut | undefined> => {
      if (!chosen) return undefined;
      const { file, preview, mapping } = chosen;
      const { currency, location, ...rest } = draft.value;
      const fields = {
        ...rest,
        dry_run,
        mapping: JSON.stringify(toSend(preview.columns, mapping)),
        ...(currency && { currency }),
        ...(location && { location }),
      };
      // The same file under the same settings is the same request, however often it is sent.
      const { name, size, lastModified } = file;
      const key = once([name, size, lastModified, fields]);
      const { data } = await adminImportsCreate({
        body: { file, ...fields },
        ...key,
        throwOnError: true,
      });
      return data;
    },
    onError: (error) => draft.refuseBy(error),
  });
  return {
    chosen,
    draft,
    look,
    send,
    locations,
    targets: chosen ? targets(chosen.preview.targets, store?.currencies ?? [], locations) : [],
    map: (mapping: Mapping) => chosen && setChosen({ ...chosen, mapping }),
    forget: () => setChosen(undefined),
  };
}
