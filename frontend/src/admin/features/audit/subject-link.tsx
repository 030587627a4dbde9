import { Link } from 'react-router';

/** Where the things that changes are about can be looked at, by the prefix of their id. */
const PLACES: Record<string, string> = {
  ord: '/orders/',
  prod: '/products/',
  usr: '/customers/',
};

const placeOf = (id: string) => PLACES[id.split('_')[0] ?? ''];

/** An id that leads to what it names, if there is a page of it. */
export function SubjectLink({ id }: { id: string }) {
  const place = placeOf(id);
  if (!place) return <span className="break-all">{id}</span>;
  return (
    <Link to={place + id} className="relative z-10 break-all text-brand hover:underline">
      {id}
    </Link>
  );
}
