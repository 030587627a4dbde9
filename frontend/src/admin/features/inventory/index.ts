export { AdjustDialog } from './levels/adjust-dialog';
export { skuPath } from './links';
