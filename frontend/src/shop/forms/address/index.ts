export {
  ADDRESS_LABELS,
  addressFields,
  addressRules,
  fieldsOf,
  toAddress,
  type AddressValues,
} from './address';
export { AddressFields } from './AddressFields';
