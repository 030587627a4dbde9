import { storeConfig } from '@/api/gen';
import type { Visit } from './visit';

/** Under Vite's own server no page carries a state: this asks the API for what it would say. */
export async function visitWithoutServer(locale: string): Promise<Visit> {
  const { data: store } = await storeConfig({ throwOnError: true });
  const chosen = /(?:^|; )sokoni_region=([^;]*)/.exec(document.cookie)?.[1];
  const region = store.regions.find(({ id }) => id === chosen) ?? store.regions[0];
  return {
    locale,
    currency: region?.currency ?? store.default_currency,
    region: region?.id ?? '',
    store,
    status: 200,
    queries: [],
  };
}
