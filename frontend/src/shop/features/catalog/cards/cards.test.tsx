import { fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import type { ProductCard as Card, Thumbnail } from '@/api/gen';
import { LanguageContext } from '@/shared/i18n';
import language from '../../../locales/en.json?language';
import { ProductCard } from './ProductCard';

const picture = (name: string): Thumbnail => ({
  url: `/media/${name}.webp`,
  width: 320,
  height: 400,
  alt: name,
});

const MUG: Card = {
  id: 'prod_00000000000000000000000001',
  slug: 'mug',
  title: 'Mug',
  brand: null,
  brand_slug: null,
  price: { amount: 2000, currency: 'EUR' },
  compare_at_price: null,
  thumbnail: { ...picture('front'), sizes: [] },
  hover_image: picture('back'),
  swatches: ['Sand', 'Sage'],
  swatch_count: 2,
  in_stock: true,
  rating: null,
  review_count: 0,
  badges: [],
};

function show(changes: Partial<Card> = {}) {
  const { container } = render(
    <MemoryRouter>
      <LanguageContext value={language}>
        <ProductCard product={{ ...MUG, ...changes }} />
      </LanguageContext>
    </MemoryRouter>,
  );
  return {
    link: screen.getByRole('link', { name: 'Mug' }),
    pictures: () => [...container.querySelectorAll('img')],
    dots: () => container.querySelectorAll('[style*=background]').length,
  };
}

/** A device that can point without touching, or one that cannot. */
function pointing(can: boolean) {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) => ({ media, matches: can && media === '(hover: hover)' }) as MediaQueryList,
  );
}

afterEach(() => vi.restoreAllMocks());

test('the second picture is fetched when somebody points at the card, and not before', () => {
  pointing(true);
  const { link, pictures } = show();
  expect(pictures().map(({ src }) => new URL(src).pathname)).toEqual(['/media/front.webp']);
  fireEvent.pointerEnter(link);
  expect(pictures().map(({ src }) => new URL(src).pathname)).toEqual([
    '/media/front.webp',
    '/media/back.webp',
  ]);
  expect(pictures()[1]).toHaveAttribute('alt', '');
  expect(pictures()[1]).toHaveAttribute('loading', 'lazy');
});

test('the second picture stays unseen until it is loaded', () => {
  pointing(true);
  const { link, pictures } = show();
  fireEvent.pointerEnter(link);
  const second = pictures()[1];
  expect(second).toHaveClass('opacity-0');
  expect(second).not.toHaveClass('group-hover:opacity-100');
  if (second) fireEvent.load(second);
  expect(second).toHaveClass('group-hover:opacity-100', 'group-has-focus-visible:opacity-100');
});

test('who comes to a card by keys sees the second picture too', () => {
  pointing(true);
  const { link, pictures } = show();
  fireEvent.focus(link);
  expect(pictures()).toHaveLength(2);
});

test('a device that only touches never fetches the second picture', () => {
  pointing(false);
  const { link, pictures } = show();
  fireEvent.pointerEnter(link);
  fireEvent.focus(link);
  expect(pictures()).toHaveLength(1);
});

test('colours are dots to see and one text to hear', () => {
  const { dots } = show();
  expect(dots()).toBe(2);
  expect(screen.getByText('Colours: Sand, Sage')).toHaveClass('sr-only');
});

test('at most four dots are shown, and how many more there are', () => {
  const swatches = ['Sand', 'Unheard Of', 'Sage', 'Ink', 'Rust', 'Oak'];
  const { dots } = show({ swatches, swatch_count: 9 });
  expect(dots()).toBe(4);
  expect(screen.getByText('+5')).toHaveAttribute('aria-hidden');
  expect(screen.getByText('Colours: Sand, Sage, Ink, Rust and 5 more')).toBeInTheDocument();
});

test.each([
  ['one colour is no choice', { swatches: ['Sand'], swatch_count: 1 }],
  ['names without a known look are left to the page', { swatches: ['Ab', 'Cd'], swatch_count: 2 }],
  ['a card of an older version has none', { swatches: undefined, swatch_count: undefined }],
])('%s', (_, changes) => {
  const { dots } = show(changes);
  expect(dots()).toBe(0);
  expect(screen.queryByText(/Colours/)).not.toBeInTheDocument();
});
