export { join } from './entering/entering';
export { useCleanSlate } from './entering/useCleanSlate';
