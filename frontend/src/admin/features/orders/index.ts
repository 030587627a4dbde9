export { useOrderColumns } from './columns';
export { AddressLines } from './address-lines';
export { OrderStatusBadge } from './status';
