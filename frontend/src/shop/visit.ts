import type { Preloaded } from '@/api/keys';
import type { StoreConfig } from '@/api/gen';

/**
 * What the server knows of a visit, in `<script type="application/json" id="state">`. The same text
 * is the second argument of the server's `render`.
 */
export interface Visit {
  locale: string;
  currency: string;
  /** The region's id. */
  region: string;
  store: StoreConfig;
  status: 200 | 404 | 410 | 500;
  queries: Preloaded[];
}
