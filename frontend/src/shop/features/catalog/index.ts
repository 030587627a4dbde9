export { Price } from './cards/Price';
export { ProductCard } from './cards/ProductCard';
export { GridSkeleton, ProductGrid } from './cards/ProductGrid';
export { ProductImage } from './cards/ProductImage';
export { RecentlyViewed } from './cards/RecentlyViewed';
export { Breadcrumbs } from './Breadcrumbs';
export { Listing } from './listing/Listing';
