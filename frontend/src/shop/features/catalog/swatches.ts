/** What colours by these names look like. An unknown name is shown as a word. */
const SWATCHES: Record<string, string> = {
  amber: '#7a3f1d',
  beige: '#d8c8ab',
  black: '#222222',
  blue: '#6d8aa3',
  blush: '#dfb2a2',
  brown: '#6b4a34',
  butter: '#e3c06b',
  chalk: '#ebe6dd',
  charcoal: '#3a3d40',
  clay: '#b8654a',
  clear: '#e9f2f0',
  cream: '#ece2d0',
  dune: '#cdb79a',
  fog: '#a9aeb0',
  forest: '#35524a',
  gold: '#c6a15b',
  graphite: '#3b3e43',
  gray: '#8b8f92',
  green: '#3f5d4a',
  grey: '#8b8f92',
  ink: '#2c3744',
  ivory: '#ece4d6',
  moss: '#4d5d48',
  mustard: '#d39b35',
  natural: '#dccdb2',
  navy: '#33455f',
  oak: '#d8b284',
  ochre: '#cf9a45',
  olive: '#7d8360',
  orange: '#cf7a3c',
  pink: '#d99aa0',
  plum: '#6f4453',
  purple: '#6b5484',
  red: '#a03b31',
  rust: '#b3623f',
  sage: '#97a88c',
  sand: '#d9c3a5',
  silver: '#c0c4c7',
  slate: '#6b7680',
  smoke: '#40464b',
  stone: '#b9b2a6',
  tan: '#9a6238',
  teal: '#47706e',
  terracotta: '#c2714f',
  walnut: '#7d5136',
  white: '#f3efe8',
  yellow: '#dcb94a',
};

const COLOUR_OPTIONS = new Set(['color', 'colour', 'rangi']);

/** What a colour of this name looks like, if that is known. */
export function colourOf(name: string): string | undefined {
  return SWATCHES[name.toLowerCase()];
}

/** The colour of an option's value, if the option is a colour and its name is known. */
export function swatchOf(option: string, value: string): string | undefined {
  return COLOUR_OPTIONS.has(option.toLowerCase()) ? colourOf(value) : undefined;
}
