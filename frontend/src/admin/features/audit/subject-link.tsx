import { Link } from 'react-router';

/** Where the things that changes are about can be looked at, by the prefix of their id. */
const PLACES: Record<string, string> = {
  ord: '/orders/',
  prod: '/products/',
  usr: '/customers/',
};

const placeOf = (id: string) => PLACES[id.split('_')[0] ?? ''];

/** An id that leads to what it names, if there is a page of it. */
export function SubjectLink({ id, inTable }: { id: string; inTable?: boolean }) {
  const wrap = inTable ? 'whitespace-nowrap' : 'break-all';
  const place = placeOf(id);
  if (!place) return <span className={wrap}>{id}</span>;
  return (
    <Link to={place + id} className={`relative z-10 text-brand hover:underline ${wrap}`}>
      {id}
    </Link>
  );
}
