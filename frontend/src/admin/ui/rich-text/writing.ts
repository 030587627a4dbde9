import { baseKeymap } from 'prosemirror-commands';
import { history } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { EditorState, Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { breakLine, HISTORY, TOGGLES } from './commands';
import { fromHtml, tidyPasted, toHtml } from './html';
import { part } from './schema';

const item = part.node('list_item');

// Tab leaves the field, as it leaves every other: items go in and out with brackets.
const KEYS: Plugin[] = [
  history(),
  keymap({
    'Mod-b': TOGGLES.bold.run,
    'Mod-i': TOGGLES.italic.run,
    'Mod-Alt-2': TOGGLES.heading.run,
    'Mod-Alt-3': TOGGLES.subheading.run,
    'Mod-Shift-7': TOGGLES.numbers.run,
    'Mod-Shift-8': TOGGLES.bullets.run,
    'Mod-Shift-9': TOGGLES.quote.run,
    'Mod-z': HISTORY.undo,
    'Mod-Shift-z': HISTORY.redo,
    'Mod-y': HISTORY.redo,
    'Mod-]': sinkListItem(item),
    'Mod-[': liftListItem(item),
    Enter: splitListItem(item),
    'Shift-Enter': breakLine,
  }),
  keymap(baseKeymap),
];

/** The view a person writes in, and its state. */
export interface Written {
  view: EditorView;
  state: EditorState;
}

interface Heard {
  /** Called for what a person does; undoing all of it brings back the very text that came in. */
  onChange: (html: string) => void;
  /** The state has changed, or is there for the first time. */
  onState: (written: Written) => void;
  /** Ctrl K. */
  onLink: () => void;
}

/** Let a person write in an element, beginning with a text. */
export function write(place: HTMLElement, html: string, heard: Heard) {
  const tell = (view: EditorView) => heard.onState({ view, state: view.state });
  const telling = new Plugin({
    view: (view) => {
      tell(view);
      return { update: tell };
    },
  });
  const fresh = (doc = fromHtml(html)) => EditorState.create({ doc, plugins: [...KEYS, telling] });
  const first = fresh();
  // The text as it came in, and what it was read as; and what was told last.
  let origin = { html, doc: first.doc };
  let told = html;
  const view: EditorView = new EditorView(place, {
    state: first,
    // A field in a form that may only be read.
    editable: () => !place.closest('fieldset:disabled'),
    transformPastedHTML: tidyPasted,
    handleKeyDown: (_, event) => {
      const isLink = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      if (!isLink) return false;
      // It would open the palette.
      event.stopPropagation();
      heard.onLink();
      return true;
    },
    dispatchTransaction: (transaction) => {
      view.updateState(view.state.apply(transaction));
      if (!transaction.docChanged) return;
      told = origin.doc.eq(view.state.doc) ? origin.html : toHtml(view.state.doc);
      heard.onChange(told);
    },
  });

  /** The text comes from elsewhere: it was saved, or what was typed is discarded. */
  function take(text: string) {
    if (text === told) return;
    told = text;
    const doc = fromHtml(text);
    const isShown = toHtml(doc) === toHtml(view.state.doc);
    origin = { html: text, doc: isShown ? view.state.doc : doc };
    if (!isShown) view.updateState(fresh(doc));
  }

  return {
    take,
    describe: (attributes: Record<string, string>) => view.setProps({ attributes }),
    stop: () => view.destroy(),
  };
}
