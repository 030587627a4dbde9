export { CartButton } from './CartButton';
export { CartDrawer } from './CartDrawer';
export { useAddToCart, type Addition } from './useAddToCart';
export { useCart } from './useCart';
