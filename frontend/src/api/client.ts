import { QueryClient } from '@tanstack/react-query';
import { orderHeaders } from '@/shared/orderTokens';
import { currentToken, refreshSession } from '@/shared/session';
import { keys, storage } from '@/shared/storage';
import { client } from './gen/client.gen';
import { asProblem, Problem } from './problem';

/** What everybody may read goes out without a person's headers, so that caches can answer it. */
const PUBLIC = /^\/api\/v1\/(products|categories|brands|store|regions)\b/;

/** Points the generated client at this shop. Call once, before the first request. */
export function configureClient(baseUrl = ''): void {
  client.setConfig({ baseUrl, fetch: send });
  client.interceptors.error.clear();
  client.interceptors.error.use((error, response) =>
    response ? new Problem(response.status, membersOf(error)) : asProblem(error),
  );
}

/** Sends with the caller's tokens; an access token that has run out is renewed once. */
async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  if (PUBLIC.test(new URL(request.url).pathname)) return fetch(request);
  const again = request.clone();
  const token = currentToken();
  const response = await fetch(authorized(request, token));
  if (response.status !== 401 || !token) return response;
  const renewed = currentToken() !== token || (await refreshSession());
  return renewed ? fetch(authorized(again, currentToken())) : response;
}

function authorized(request: Request, token: string | null): Request {
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  const cart = storage.get<string>(keys.cart);
  if (cart && !request.headers.has('X-Cart-Token')) request.headers.set('X-Cart-Token', cart);
  const order = /\/orders\/(ord_\w+)/.exec(request.url)?.[1];
  const found = order ? orderHeaders(order) : {};
  Object.entries(found).forEach(([name, value]) => request.headers.set(name, value));
  return request;
}

function membersOf(error: unknown): Record<string, unknown> {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
}

/** One per visit in the browser, one per page on the server. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        // A refusal stays one; only what may pass is tried again.
        retry: (failures, error) => failures < 2 && asProblem(error).status % 500 < 100,
      },
    },
  });
}
