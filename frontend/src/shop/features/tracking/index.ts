export { AddressText } from './order/AddressText';
export { MissingOrder } from './order/MissingOrder';
export { OrderSkeleton } from './order/OrderSkeleton';
export { OrderView } from './order/OrderView';
export { STATUSES } from './order/states';
export { StatusBadge } from './order/StatusBadge';
export { useOrder } from './order/useOrder';
