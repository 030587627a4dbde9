export { FormErrors } from './form-errors';
export { showProblem } from './problems';
export { SaveBar } from './save-bar';
export { StaleDialog } from './stale-dialog';
export { useUnsavedGuard } from './use-unsaved-guard';
