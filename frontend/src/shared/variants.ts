// Which of a product's variants is chosen, in the shop and in the admin's preview of it.

/** The chosen value of each option. */
export type Options = Record<string, string>;

interface Choosable {
  id: string;
  options: Options;
  in_stock: boolean;
}

/** A product as far as one chooses of it. */
export interface Matrix<Variant extends Choosable = Choosable> {
  options: readonly { name: string; values: readonly string[] }[];
  variants: readonly Variant[];
}

export type Standing =
  | { kind: 'available' }
  | { kind: 'soldOut' }
  /** Not made together with what is chosen before it: those values. */
  | { kind: 'impossible'; beside: string[] };

/** The variant of exactly these options. */
export function variantOf<Variant extends Choosable>(
  { options, variants }: Matrix<Variant>,
  chosen: Options,
): Variant | undefined {
  return variants.find((variant) => matches(variant, chosen, names(options)));
}

/** What a page shows first: the variant asked for, else the first that can be bought. */
export function startingOptions({ variants }: Matrix, variantId?: string | null): Options {
  const variant =
    variants.find(({ id }) => id === variantId) ??
    variants.find(({ in_stock }) => in_stock) ??
    variants[0];
  return variant?.options ?? {};
}

/**
 * Whether a value can be chosen. Options are chosen in their order: a value is judged by the options
 * before its own, so that there is always a way to every variant; those after it follow.
 */
export function standingOf(
  { options, variants }: Matrix,
  chosen: Options,
  option: string,
  value: string,
): Standing {
  const before = names(options).slice(0, names(options).indexOf(option));
  const having = variants.filter(
    (variant) => variant.options[option] === value && matches(variant, chosen, before),
  );
  if (having.length === 0) {
    return { kind: 'impossible', beside: before.flatMap((name) => chosen[name] ?? []) };
  }
  // Sold out as it would be bought: with the rest as chosen, if that is made at all.
  const exact = having.filter((variant) => matches(variant, chosen, names(options, option)));
  const meant = exact.length > 0 ? exact : having;
  return { kind: meant.some(({ in_stock }) => in_stock) ? 'available' : 'soldOut' };
}

/** The options after choosing a value; later options that do not go with it follow. */
export function choose(
  { options, variants }: Matrix,
  chosen: Options,
  option: string,
  value: string,
): Options {
  const order = names(options);
  const at = order.indexOf(option);
  const next = { ...chosen, [option]: value };
  const candidates = variants.filter((variant) => matches(variant, next, order.slice(0, at + 1)));
  const kept = (variant: Choosable) =>
    order.slice(at + 1).filter((name) => variant.options[name] === next[name]).length;
  const best = candidates.toSorted(
    (one, other) => kept(other) - kept(one) || Number(other.in_stock) - Number(one.in_stock),
  )[0];
  return best?.options ?? next;
}

function matches(variant: Choosable, chosen: Options, order: string[]): boolean {
  return order.every((name) => variant.options[name] === chosen[name]);
}

function names(options: Matrix['options'], except?: string): string[] {
  return options.map(({ name }) => name).filter((name) => name !== except);
}
