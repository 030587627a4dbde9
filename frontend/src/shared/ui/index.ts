export { Accordion } from './Accordion';
export { Dialog } from './Dialog';
export { SelectField, TextArea, TextField } from './Field';
export { EmptyState, ErrorState, Skeleton } from './States';
export { Stepper } from './Stepper';
export { announce, dismiss, toast } from './toasting';
export { Toasts } from './Toasts';
