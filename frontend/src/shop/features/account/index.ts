export { join } from './entering/entering';
export { CleanSlate } from './entering/CleanSlate';
