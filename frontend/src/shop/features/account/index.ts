export { useCleanSlate } from './entering/useCleanSlate';
