import { TextSelection } from 'prosemirror-state';
import { linkAt, setLink, TOGGLES } from './commands';
import type { Toggle } from './commands';
import { write } from './writing';
import type { Written } from './writing';

/** Somebody writes, from a text on. */
function begin(html: string) {
  const place = document.createElement('div');
  const told: string[] = [];
  let written: Written | undefined;
  const session = write(place, html, {
    onChange: (text) => told.push(text),
    onLink: () => undefined,
    onState: (now) => {
      written = now;
    },
  });
  const now = () => written as Written;
  return {
    ...session,
    told,
    place,
    now,
    run: ({ run }: Pick<Toggle, 'run'>) => run(now().view.state, now().view.dispatch),
    select: (from: number, to = from) => {
      const { view } = now();
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)));
    },
    type: (text: string) => now().view.dispatch(now().view.state.tr.insertText(text)),
  };
}

// Not as the editor would write it.
const ODD = '<P>One<p ><b>Two</b> <a href="/x" rel="noopener noreferrer">x</a>';

test('a text that is only read is told to nobody', () => {
  const { told, select } = begin(ODD);
  select(2);
  expect(told).toEqual([]);
});

test('undoing all brings back the very text that came in', () => {
  const { told, type, place, now } = begin(ODD);
  type('A');
  expect(told.at(-1)).toBe('<p>AOne</p>\n<p><strong>Two</strong> <a href="/x">x</a></p>');
  now().view.dispatch(now().state.tr.delete(1, 2));
  expect(told.at(-1)).toBe(ODD);
  expect(place).toHaveTextContent('OneTwo x');
});

test('what the server made of it is taken without moving the cursor; another text is shown', () => {
  const { type, take, now, place, told, select } = begin('');
  type('Hello there');
  select(3);
  take('<p>Hello there</p>\n');
  expect(now().state.selection.from).toBe(3);
  take('<p>Theirs</p>');
  expect(place).toHaveTextContent('Theirs');
  expect(told).toHaveLength(1);
});

test('a button does, and undoes', () => {
  const { run, told, select, now } = begin('<p>Oak table</p>');
  const both = (name: keyof typeof TOGGLES) => {
    run(TOGGLES[name]);
    const [after, isOn] = [told.at(-1), TOGGLES[name].isOn(now().state)];
    run(TOGGLES[name]);
    expect([name, isOn, told.at(-1)]).toEqual([name, true, '<p>Oak table</p>']);
    return after;
  };
  select(1, 4);
  expect(both('bold')).toBe('<p><strong>Oak</strong> table</p>');
  expect(both('italic')).toBe('<p><em>Oak</em> table</p>');
  expect(both('heading')).toBe('<h2>Oak table</h2>');
  expect(both('subheading')).toBe('<h3>Oak table</h3>');
  expect(both('bullets')).toBe('<ul>\n<li>Oak table</li>\n</ul>');
  expect(both('numbers')).toBe('<ol>\n<li>Oak table</li>\n</ol>');
  expect(both('quote')).toBe('<blockquote><p>Oak table</p></blockquote>');
});

test('a bulleted list becomes a numbered one', () => {
  const { run, told, select } = begin('<ul><li>Oak</li><li>Ash</li></ul>');
  select(4);
  run(TOGGLES.numbers);
  expect(told).toEqual(['<ol>\n<li>Oak</li>\n<li>Ash</li>\n</ol>']);
});

test('a link is set on what is selected, changed and removed at the cursor, and made of its address', () => {
  const { run, told, select, now } = begin('<p>Our <b>best</b> mug</p>');
  select(5, 13);
  run({ run: setLink('/a') });
  expect(told.at(-1)).toBe('<p>Our <a href="/a"><strong>best</strong> mug</a></p>');
  select(11);
  expect(linkAt(now().state)).toEqual({ href: '/a', from: 5, to: 13 });
  run({ run: setLink('/b') });
  expect(told.at(-1)).toBe('<p>Our <a href="/b"><strong>best</strong> mug</a></p>');
  run({ run: setLink(null) });
  expect(told.at(-1)).toBe('<p>Our <b>best</b> mug</p>');
  select(1);
  run({ run: setLink('/c') });
  expect(told.at(-1)).toBe('<p><a href="/c">/c</a>Our <strong>best</strong> mug</p>');
});
