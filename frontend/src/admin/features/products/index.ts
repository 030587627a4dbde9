export { Thumb } from './thumb';
