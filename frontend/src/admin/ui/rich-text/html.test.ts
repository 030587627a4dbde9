import { addressOf } from './commands';
import { fromHtml, tidyPasted, toHtml } from './html';
import { strangeIn } from './reading';

const again = (html: string) => toHtml(fromHtml(html));
const pasted = (html: string) => again(tidyPasted(html));

test.each([
  '<p>A <strong>stout</strong> and <em>quiet</em> mug.</p>',
  '<h2>Care</h2>\n<p>By hand.</p>\n<h3>Size</h3>',
  '<ul>\n<li>Oak</li>\n<li>Ash<ol start="3">\n<li>White</li>\n</ol></li>\n</ul>',
  '<blockquote><p>Lovely.</p></blockquote>',
  '<p><a href="https://example.com/a?b=1">there</a><br>or <a href="mailto:us@example.com">here</a></p>',
  '<p><img src="/mug.webp" alt="A mug" width="20"> H<sub>2</sub>O, 3<sup>rd</sup>, <u>u</u>, <s>s</s></p>',
  '<pre>a\n  b</pre>\n<hr>',
])('what the editor knows comes back as it was: %s', (html) => {
  expect(again(html)).toBe(html);
  expect(strangeIn(html)).toEqual([]);
});

test('nothing is nothing', () => {
  expect([again(''), again('<p></p>'), again('<p>a</p><p></p>')]).toEqual(['', '', '<p>a</p>']);
});

test('parts that only the source can keep are named', () => {
  const table = '<table><tbody><tr><td>1</td></tr></tbody></table><p>Text</p>';
  expect(strangeIn(table)).toEqual(['table']);
  expect(strangeIn('<p><kbd>Ctrl</kbd> and <mark>x</mark></p>')).toEqual(['kbd', 'mark']);
  expect(strangeIn('<div><section><p>Text</p></section></div>')).toEqual([]);
});

test('what could run does not come through', () => {
  const hostile =
    '<p onclick="ran()">a<script>ran()</script><a href="java\nscript:ran()">b</a></p>' +
    '<p><img src="x" onerror="ran()"><a href="data:text/html,x">c</a></p><iframe src="/"></iframe>';
  expect(again(hostile)).toBe('<p>ab</p>\n<p><img src="x">c</p>');
});

test('a list of a text processor becomes a list', () => {
  const word = `<html><head><style>p.MsoNormal{margin:0}</style></head><body lang=EN-GB>
    <h1><span style='color:#2F5496'>Care<o:p></o:p></span></h1>
    <p class=MsoNormal>Wash <b>by hand</b>.<o:p></o:p></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p>
    <p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
      style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>Oak<o:p></o:p></p>
    <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>White</p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Ash</p>
    <p class=MsoNormal>Done.</p></body></html>`;
  expect(pasted(word)).toBe(
    '<h2>Care</h2>\n<p>Wash <strong>by hand</strong>.</p>\n' +
      '<ul>\n<li>Oak<ol>\n<li>White</li>\n</ol></li>\n<li>Ash</li>\n</ul>\n<p>Done.</p>',
  );
});

test('what is bold by its style is bold, and what Google Docs wraps is not', () => {
  const docs =
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">' +
    '<p dir="ltr" style="line-height:1.38"><span style="font-weight:400">A </span>' +
    '<span style="font-weight:700">stout</span><span style="font-style:italic"> mug</span></p></b>';
  expect(pasted(docs)).toBe('<p>A <strong>stout</strong><em> mug</em></p>');
});

test.each([
  ['example.com/mugs', 'https://example.com/mugs'],
  ['localhost.test:8000', 'https://localhost.test:8000'],
  [' us@example.com ', 'mailto:us@example.com'],
  ['/products/mug', '/products/mug'],
  ['tel:+255123', 'tel:+255123'],
  ['javascript:ran()', null],
  ['data:text/html,x', null],
  ['mugs', null],
  ['', null],
])('the address %s is %s', (typed, address) => {
  expect(addressOf(typed)).toBe(address);
});
