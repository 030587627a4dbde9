import {
  chainCommands,
  exitCode,
  lift,
  setBlockType,
  toggleMark,
  wrapIn,
} from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import type { Attrs, MarkType, Node, NodeType } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import { isSafeAddress, part } from './schema';

const LISTS = [part.node('bullet_list'), part.node('ordered_list')];
const link = part.mark('link');

/** What stands around the selection, from the inside out, with its depth. */
function* around(state: EditorState): Generator<{ node: Node; depth: number }> {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) yield { node: $from.node(depth), depth };
}

function isIn(state: EditorState, type: NodeType, attrs: Attrs = {}): boolean {
  for (const { node } of around(state)) {
    if (node.hasMarkup(type, { ...node.attrs, ...attrs })) return true;
    // Of lists in lists the innermost counts.
    if (LISTS.includes(type) && LISTS.includes(node.type)) return false;
  }
  return false;
}

function isMarked(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

/** Something that is either so or not where the cursor is. */
export interface Toggle {
  run: Command;
  isOn: (state: EditorState) => boolean;
}

const mark = (name: string): Toggle => ({
  run: toggleMark(part.mark(name)),
  isOn: (state) => isMarked(state, part.mark(name)),
});

const heading = (level: number): Toggle => {
  const isOn = (state: EditorState) => isIn(state, part.node('heading'), { level });
  return {
    isOn,
    run: (state, dispatch) =>
      isOn(state)
        ? setBlockType(part.node('paragraph'))(state, dispatch)
        : setBlockType(part.node('heading'), { level })(state, dispatch),
  };
};

const list = (type: NodeType): Toggle => ({
  isOn: (state) => isIn(state, type),
  run: (state, dispatch) => {
    for (const { node, depth } of around(state)) {
      if (node.type === type) return liftListItem(part.node('list_item'))(state, dispatch);
      if (LISTS.includes(node.type)) {
        dispatch?.(state.tr.setNodeMarkup(state.selection.$from.before(depth), type));
        return true;
      }
    }
    return wrapInList(type)(state, dispatch);
  },
});

const quote: Toggle = {
  isOn: (state) => isIn(state, part.node('blockquote')),
  run: (state, dispatch) =>
    quote.isOn(state) ? lift(state, dispatch) : wrapIn(part.node('blockquote'))(state, dispatch),
};

export const TOGGLES = {
  bold: mark('strong'),
  italic: mark('em'),
  heading: heading(2),
  subheading: heading(3),
  bullets: list(part.node('bullet_list')),
  numbers: list(part.node('ordered_list')),
  quote,
};

export const HISTORY: Record<'undo' | 'redo', Command> = { undo, redo };

export const breakLine: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(part.node('hard_break').create()).scrollIntoView());
  return true;
});

interface Linked {
  href: string;
  from: number;
  to: number;
}

/** The link at the cursor, or the first one in what is selected: its address, and how far it goes. */
export function linkAt(state: EditorState): Linked | null {
  const { $from, $to, from, to, empty } = state.selection;
  const links: Linked[] = [];
  state.doc.nodesBetween($from.start(), $to.end(), (node, position) => {
    const href = link.isInSet(node.marks)?.attrs.href as string | undefined;
    if (href === undefined) return;
    const last = links.at(-1);
    // A link with a bold word in it is three nodes.
    if (last?.to === position && last.href === href) last.to += node.nodeSize;
    else links.push({ href, from: position, to: position + node.nodeSize });
  });
  const touches = (each: Linked) =>
    empty ? each.from <= from && from <= each.to : each.from < to && from < each.to;
  return links.find(touches) ?? null;
}

/** Lead from what is selected, or from the link at the cursor, to an address; to none: no link. */
export const setLink =
  (href: string | null): Command =>
  (state, dispatch) => {
    const { from, to, empty } = state.selection;
    const there = linkAt(state);
    const start = Math.min(from, there?.from ?? from);
    const end = Math.max(to, there?.to ?? to);
    const { tr } = state;
    if (!empty || there) {
      tr.removeMark(start, end, link);
      if (href) tr.addMark(start, end, link.create({ href }));
    } else if (href) {
      tr.insert(from, state.schema.text(href, [link.create({ href })]));
    }
    dispatch?.(tr.removeStoredMark(link).scrollIntoView());
    return true;
  };

const HOST = /^[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)/;

/** An address as typed, made whole: `example.com` → `https://example.com`. Null if it is none. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  if (/^[^\s/:]+@[^\s/:]+$/.test(text)) return `mailto:${text}`;
  if (HOST.test(text)) return `https://${text}`;
  if (!/^([/#?]|[a-z][a-z0-9+.-]*:.)/i.test(text)) return null;
  return isSafeAddress(text) ? text : null;
}
