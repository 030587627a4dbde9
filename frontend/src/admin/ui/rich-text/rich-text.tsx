import { lazy, Suspense, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Code } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { IconButton } from '../button';
import { cn } from '../cn';
import { Textarea, useFieldProps } from '../field';
import { Skeleton } from '../states';
import { strangeIn } from './reading';

const Visual = lazy(async () => ({ default: (await import('./visual')).Visual }));

interface RichTextProps {
  /** HTML. */
  value: string;
  onChange: (html: string) => void;
  placeholder?: string;
}

/**
 * A text with headings, lists and links: written as it will look, or as HTML. Inside a `Field`. A
 * text with parts that only HTML can show begins as HTML, so that none is lost by a letter.
 */
export function RichText({ value, onChange, placeholder }: RichTextProps) {
  const t = useT();
  const strange = useMemo(() => strangeIn(value), [value]);
  const [isSource, setSource] = useState(strange.length > 0);
  const { 'aria-invalid': invalid } = useFieldProps();
  const toggle = (
    <IconButton
      label={t('rich.source')}
      aria-pressed={isSource}
      className="ml-auto size-8! aria-pressed:bg-ink/12"
      onClick={() => setSource(!isSource)}
    >
      <Code aria-hidden />
    </IconButton>
  );
  return (
    <div
      className={cn(
        'overflow-hidden rounded-lg border border-field bg-surface focus-within:border-brand focus-within:ring-1 focus-within:ring-brand',
        invalid && 'border-danger',
      )}
    >
      {isSource ? (
        <>
          <Head>{toggle}</Head>
          <Textarea
            value={value}
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
            className="h-48 resize-y rounded-none border-0 font-mono outline-0!"
          />
        </>
      ) : (
        <Suspense fallback={<Waiting />}>
          <Visual
            value={value}
            onChange={onChange}
            beside={toggle}
            {...(placeholder && { placeholder })}
          />
        </Suspense>
      )}
      {strange.length > 0 && (
        <p className="border-t border-line bg-warn-tint px-3 py-2 text-[13px] text-warn">
          {t('rich.strange', { tags: strange.join(', ') })}
        </p>
      )}
    </div>
  );
}

function Head({ children }: { children?: ReactNode }) {
  return (
    <div className="flex h-10 items-center border-b border-line bg-tile/60 p-1">{children}</div>
  );
}

/** As large as what it stands for. */
function Waiting() {
  return (
    <>
      <Head />
      <Skeleton className="m-3 h-42" />
    </>
  );
}
