import type { ReactNode } from 'react';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { Dialog } from '../dialog';

interface Step {
  label: string;
  busy?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

interface BulkFrameProps {
  title: string;
  /** What would happen, or has happened, in numbers. */
  summary: ReactNode;
  /** While requests are under way nobody leaves. */
  busy: boolean;
  saved: boolean;
  save: Step;
  /** Another look at what was refused, once the rest is saved. */
  retry?: Step | undefined;
  /** More buttons, before saving. */
  more?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** One thing done to many rows: look at what it does to each, do it, see what became of each. */
export function BulkFrame(props: BulkFrameProps) {
  const t = useT();
  const { busy, saved } = props;
  const step = saved ? props.retry : props.save;
  return (
    <Dialog
      open
      onClose={() => !busy && props.onClose()}
      size="large"
      title={props.title}
      actions={
        <>
          <output className="mr-auto self-center text-muted">{props.summary}</output>
          <Button onClick={props.onClose} disabled={busy}>
            {saved ? t('action.close') : t('action.cancel')}
          </Button>
          {!saved && props.more}
          {step && (
            <Button
              look="primary"
              busy={step.busy ?? false}
              disabled={step.disabled ?? false}
              onClick={step.onClick}
            >
              {step.label}
            </Button>
          )}
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
