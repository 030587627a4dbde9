import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Upload } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { cn } from './cn';
import { Button } from './button';

interface FileDropProps {
  label: string;
  hint?: ReactNode;
  accept: string;
  multiple?: boolean;
  busy?: boolean;
  onFiles: (files: File[]) => void;
}

/** A place to drop files, with a button that does the same without a mouse. */
export function FileDrop({ label, hint, accept, multiple, busy, onFiles }: FileDropProps) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={cn(
        'flex flex-col items-center gap-2 rounded-xl border border-dashed border-field px-4 py-6 text-center',
        over && 'border-brand bg-brand/6',
      )}
    >
      <Upload aria-hidden className="size-5 text-muted" />
      <p className="font-medium">{label}</p>
      {hint && <div className="text-[13px] text-muted">{hint}</div>}
      <Button busy={busy ?? false} onClick={() => input.current?.click()}>
        {t('action.choose_files')}
      </Button>
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}
