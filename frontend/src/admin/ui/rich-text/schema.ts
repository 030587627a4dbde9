import { Schema } from 'prosemirror-model';
import type { DOMOutputSpec, MarkSpec, NodeSpec } from 'prosemirror-model';

// What a rich text may have: all of it passes the server's allow-list (`catalog/service/wording.py`).
// The toolbar makes only the usual parts; the others are kept where they are.

const PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);

/** Whether a link may lead there. Read as a browser reads it: `java\nscript:` is a script. */
export function isSafeAddress(href: string): boolean {
  try {
    return PROTOCOLS.has(new URL(href, 'https://shop.invalid').protocol);
  } catch {
    return false;
  }
}

const said = (element: HTMLElement, name: string) => element.getAttribute(name);

/** Attributes of which those without a value are left out. */
const given = (attrs: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null));

const optional = { default: null };

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: {
    group: 'block',
    content: 'inline*',
    parseDOM: [{ tag: 'p' }],
    toDOM: (): DOMOutputSpec => ['p', 0],
  },
  heading: {
    group: 'block',
    content: 'inline*',
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node): DOMOutputSpec => [`h${node.attrs.level}`, 0],
  },
  blockquote: {
    group: 'block',
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: (): DOMOutputSpec => ['blockquote', 0],
  },
  bullet_list: {
    group: 'block',
    content: 'list_item+',
    parseDOM: [{ tag: 'ul' }],
    toDOM: (): DOMOutputSpec => ['ul', 0],
  },
  ordered_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { start: optional },
    parseDOM: [{ tag: 'ol', getAttrs: (element) => ({ start: said(element, 'start') }) }],
    toDOM: (node): DOMOutputSpec => ['ol', given(node.attrs), 0],
  },
  list_item: {
    content: 'paragraph block*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: (): DOMOutputSpec => ['li', 0],
  },
  code_block: {
    group: 'block',
    content: 'text*',
    marks: '',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: (): DOMOutputSpec => ['pre', 0],
  },
  horizontal_rule: {
    group: 'block',
    parseDOM: [{ tag: 'hr' }],
    toDOM: (): DOMOutputSpec => ['hr'],
  },
  text: { group: 'inline' },
  image: {
    group: 'inline',
    inline: true,
    draggable: true,
    attrs: { src: {}, alt: optional, title: optional, width: optional, height: optional },
    parseDOM: [
      {
        tag: 'img[src]',
        getAttrs: (element) => {
          const names = ['src', 'alt', 'title', 'width', 'height'];
          return Object.fromEntries(names.map((name) => [name, said(element, name)]));
        },
      },
    ],
    toDOM: (node): DOMOutputSpec => ['img', given(node.attrs)],
  },
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: (): DOMOutputSpec => ['br'],
  },
};

const HEAVY = /^(bold(er)?|[6-9]\d{2,})$/;

const plain = (tag: string, ...also: string[]): MarkSpec => ({
  parseDOM: [tag, ...also].map((each) => ({ tag: each })),
  toDOM: (): DOMOutputSpec => [tag, 0],
});

const marks: Record<string, MarkSpec> = {
  link: {
    inclusive: false,
    attrs: { href: {}, title: optional },
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (element) => {
          const href = said(element, 'href') ?? '';
          return isSafeAddress(href) && { href, title: said(element, 'title') };
        },
      },
    ],
    toDOM: (mark): DOMOutputSpec => ['a', given(mark.attrs), 0],
  },
  strong: {
    ...plain('strong'),
    parseDOM: [
      { tag: 'strong' },
      // Google Docs wraps all that is copied in a <b> that is not bold.
      { tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null },
      { style: 'font-weight', getAttrs: (weight) => HEAVY.test(weight) && null },
    ],
  },
  em: {
    ...plain('em'),
    parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }],
  },
  underline: plain('u'),
  strike: plain('s', 'strike', 'del'),
  code: plain('code'),
  sub: plain('sub'),
  sup: plain('sup'),
};

export const schema = new Schema({ nodes, marks });

/** A part of the schema by its name; there is no other way to have one that is certainly there. */
export const part = {
  node: (name: string) => schema.nodes[name] as NonNullable<(typeof schema.nodes)[string]>,
  mark: (name: string) => schema.marks[name] as NonNullable<(typeof schema.marks)[string]>,
};
