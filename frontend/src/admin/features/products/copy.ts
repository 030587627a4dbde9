import type { ProductIn, StaffProduct } from '@/api/gen/types.gen';

/** The same product once more, as a draft: with new SKUs and address, without pictures and stock. */
export function copyOf(product: StaffProduct, title: string): ProductIn {
  return {
    title,
    description: product.description,
    status: 'draft',
    brand: product.brand,
    category_ids: product.categories.map((category) => category.id),
    tags: product.tags,
    options: product.options,
    variants: product.variants.map((variant) => ({
      options: variant.options,
      prices: variant.prices,
      weight_g: variant.weight_g,
      taxable: variant.taxable,
    })),
    seo: null,
  };
}
