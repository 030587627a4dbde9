export { AddressFields } from './steps/AddressFields';
export { firstOpen, type Step } from './progress';
