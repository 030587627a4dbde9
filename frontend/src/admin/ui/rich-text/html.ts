import { DOMParser as Reader, DOMSerializer } from 'prosemirror-model';
import type { Node } from 'prosemirror-model';
import { inert } from './reading';
import { schema } from './schema';

export const fromHtml = (html: string): Node => Reader.fromSchema(schema).parse(inert(html));

/** HTML as one would write it by hand: nothing for nothing, and items without paragraphs. */
export function toHtml(doc: Node): string {
  const body = inert('');
  DOMSerializer.fromSchema(schema).serializeFragment(
    doc.content,
    { document: body.ownerDocument },
    body,
  );
  for (const paragraph of body.querySelectorAll('p')) {
    if (!paragraph.hasChildNodes()) paragraph.remove();
  }
  for (const item of body.querySelectorAll('li')) {
    const [first, ...others] = item.querySelectorAll(':scope > p');
    if (first && others.length === 0) first.replaceWith(...first.childNodes);
    item.before('\n');
  }
  for (const list of body.querySelectorAll('ul, ol')) list.append('\n');
  return [...body.children].map((each) => each.outerHTML).join('\n');
}

const LIST = /mso-list:\s*l\d+\s+level(\d+)/i;
const NUMBER = /^\s*(\d+|[a-z]|[ivxlc]+)[.)]/i;

/** What was copied from a page or a text processor, with its lists as lists and without its waste. */
export function tidyPasted(html: string): string {
  const body = inert(html);
  for (const each of body.querySelectorAll('style, script, meta, link, title')) each.remove();
  for (const heading of body.querySelectorAll('h1')) {
    // The page's own title is its only first heading.
    const second = body.ownerDocument.createElement('h2');
    second.append(...heading.childNodes);
    heading.replaceWith(second);
  }
  makeLists(body);
  for (const paragraph of body.querySelectorAll('p')) {
    const isEmpty = !paragraph.textContent.trim() && !paragraph.querySelector('img');
    if (isEmpty) paragraph.remove();
  }
  return body.innerHTML;
}

/** Word writes items as paragraphs that say their level in a style and their bullet as a text. */
function makeLists(body: HTMLElement): void {
  let open: HTMLElement[] = [];
  let last: Element | null = null;
  for (const paragraph of body.querySelectorAll('p')) {
    const level = Number(LIST.exec(paragraph.getAttribute('style') ?? '')?.[1] ?? 0);
    if (level === 0) continue;
    if (paragraph.previousElementSibling !== last) open = [];
    const bullet = [...paragraph.querySelectorAll('span')].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? ''),
    );
    const tag = NUMBER.test(bullet?.textContent ?? '') ? 'ol' : 'ul';
    bullet?.remove();
    open = open.slice(0, level);
    while (open.length < level) {
      const list = body.ownerDocument.createElement(tag);
      const outer = open.at(-1);
      if (outer) (outer.lastElementChild ?? outer).append(list);
      else paragraph.before(list);
      open.push(list);
    }
    const item = body.ownerDocument.createElement('li');
    item.append(...paragraph.childNodes);
    open.at(-1)?.append(item);
    paragraph.remove();
    last = open[0] ?? null;
  }
}
