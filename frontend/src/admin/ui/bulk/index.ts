export { BulkFrame } from './bulk-frame';
export { inLanes } from './lanes';
export { Becomes, ResultList } from './result-list';
export type { Outcome } from './result-list';
export { useKeys } from './use-keys';
