import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { client } from './gen/client.gen';

/** The `{path, query}` of a generated call. */
export interface Params {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
}

/** `[operationId, params, data]`, as the server sends what it has already read for a page. */
export type Preloaded = [operationId: string, params: Params, data: unknown];

/**
 * The key under which the generated options look for the answer of an operation. Empty params are
 * as none; the order of their members does not matter.
 */
export function queryKeyOf(operationId: string, params: Params = {}): QueryKey {
  const key: Record<string, unknown> = {
    _id: operationId.replace(/[._]+(\w)/g, (_, letter: string) => letter.toUpperCase()),
    baseUrl: client.getConfig().baseUrl,
  };
  if (params.path && Object.keys(params.path).length > 0) key.path = params.path;
  if (params.query && Object.keys(params.query).length > 0) key.query = params.query;
  return [key];
}

/** Puts what the server has read where the page's queries find it. */
export function fill(queries: QueryClient, preloaded: Preloaded[]): void {
  for (const [operationId, params, data] of preloaded) {
    queries.setQueryData(queryKeyOf(operationId, params), data);
  }
}
