export { FormErrors } from './form-errors';
export { SaveBar } from './save-bar';
export { StaleDialog } from './stale-dialog';
export { useDraft } from './use-draft';
export type { Draft } from './use-draft';
export { useEditor } from './use-editor';
export type { Editor } from './use-editor';
export { useUnsavedGuard } from './use-unsaved-guard';
