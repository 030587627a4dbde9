import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  open?: boolean;
  children: ReactNode;
}

/** A section that opens without a script. */
export function Accordion({ title, open = false, children }: Props) {
  return (
    <details open={open} className="group/accordion border-b border-line">
      <summary className="flex items-center justify-between gap-4 py-4 font-medium">
        {title}
        <Plus
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open/accordion:rotate-45"
        />
      </summary>
      <div className="pb-5 text-muted">{children}</div>
    </details>
  );
}
