export { PaymentEvents } from './events';
export { SessionBadge } from './status';
