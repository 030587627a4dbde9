/** HTML in a document that is not shown: nothing in it runs, and nothing is fetched. */
export const inert = (html: string) => new DOMParser().parseFromString(html, 'text/html').body;

const DRAWN =
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr br img a b strong i em u s strike del code sub sup';
// They mean nothing by themselves: what is in them is kept.
const WRAPS = 'div span section article aside header footer hgroup nav center font small wbr';
const KNOWN = new Set(`${DRAWN} ${WRAPS}`.split(' '));

/** The kinds of elements in it that a rich text has no part for, as tables. */
export function strangeIn(html: string): string[] {
  const names = [...inert(html).querySelectorAll('*')].map((each) => each.localName);
  const groups = new Set(['table', 'dl', 'details', 'figure']);
  const strange = new Set(names.filter((name) => !KNOWN.has(name)));
  // Of a table it is enough to say that there is one.
  const large = [...strange].filter((name) => groups.has(name));
  return large.length > 0 ? large : [...strange];
}
