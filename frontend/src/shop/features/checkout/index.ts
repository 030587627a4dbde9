export { firstOpen, type Step } from './progress';
