export { AdjustDialog } from './levels/adjust-dialog';
