export { Badge } from './badge';
export type { Tone } from './badge';
export { Button, ButtonLink, IconButton } from './button';
export { Card } from './card';
export { cn } from './cn';
export { ConfirmDialog } from './confirm-dialog';
export { DateTime } from './date-time';
export { Dialog } from './dialog';
export { Checkbox, Field, FieldError, Input, Textarea } from './field';
export { FileDrop } from './file-drop';
export {
  EditDialog,
  FormDialog,
  FormErrors,
  SaveBar,
  StaleDialog,
  useDraft,
  useEditor,
  useOnce,
  useSubmit,
  useUnsavedGuard,
} from './form';
export type { Draft, Editor } from './form';
export { BulkButton, BulkLink, DataList, Table, useList, useParam } from './list';
export type { BuiltInView, Column, Filter, ListState, Rows } from './list';
export { Menu, MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from './menu';
export { Money } from './money';
export { PageError } from './page-error';
export { PageHeader } from './page-header';
export { idempotent, ifMatch, isStale, toastProblem, toProblem } from './problem';
export { Select } from './select';
export type { Choice } from './select';
export { EmptyState, ErrorState, PageSkeleton, Skeleton } from './states';
export { SubNav } from './sub-nav';
export { Tabs } from './tabs';
export { Timeline } from './timeline';
export type { TimelineEntry } from './timeline';
export { PickMany } from './pick-many';
export { RichText } from './rich-text/rich-text';
export { TagInput } from './tag-input';
export { toastUndo } from './undo';
