import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folders = { shop: here, admin: join(here, '../../admin/locales') };

function read(folder: string, file: string): Record<string, string> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>;
}

/** `{count, plural, one {…}} of {name}` → `count`, `name` */
function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{(\w+)(?=\}|, plural)/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].sort();
}

describe.each(Object.entries(folders))('the catalogues of %s', (_, folder) => {
  const english = read(folder, 'en.json');
  const others = readdirSync(folder).filter((file) => file.endsWith('.json'));

  test.each(others)('%s has every text, and no other', (file) => {
    expect(Object.keys(read(folder, file)).sort()).toEqual(Object.keys(english).sort());
  });

  test.each(others)('%s fills in the same values', (file) => {
    for (const [key, text] of Object.entries(read(folder, file))) {
      expect([key, placeholders(text)]).toEqual([key, placeholders(english[key] ?? '')]);
    }
  });

  test('keys are sorted by area', () => {
    const areas = Object.keys(english).map((key) => key.split('.')[0]);
    expect(areas).toEqual(areas.toSorted());
  });
});
