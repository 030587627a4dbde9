/** Where to go after signing in: a path of this shop, whatever the address says. */
export function nextOf(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  return /^\/(?![/\\])/.test(next) ? next : '/account';
}

/** `/login?next=%2Faccount%2Forders` */
export function withNext(page: '/login' | '/register', next: string): string {
  return next === '/account' ? page : `${page}?next=${encodeURIComponent(next)}`;
}
