import { useRef, useState } from 'react';
import { Bold, Eye, Italic, Link2, List, Pencil } from 'lucide-react';
import type { MessageKey } from '@/admin/i18n';
import { useT } from '@/admin/i18n';
import { IconButton, Textarea } from '@/admin/ui';

interface HtmlInputProps {
  value: string;
  onChange: (html: string) => void;
}

const MARKS: { label: MessageKey; icon: typeof Bold; before: string; after: string }[] = [
  { label: 'html.bold', icon: Bold, before: '<strong>', after: '</strong>' },
  { label: 'html.italic', icon: Italic, before: '<em>', after: '</em>' },
  { label: 'html.list', icon: List, before: '<ul>\n  <li>', after: '</li>\n</ul>' },
  { label: 'html.link', icon: Link2, before: '<a href="https://">', after: '</a>' },
];

/** HTML as text, with buttons for the usual tags, and a preview in a frame that runs nothing. */
export function HtmlInput({ value, onChange }: HtmlInputProps) {
  const t = useT();
  const area = useRef<HTMLTextAreaElement>(null);
  const [preview, setPreview] = useState(false);
  const wrap = (before: string, after: string) => {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = area.current ?? {};
    onChange(value.slice(0, start) + before + value.slice(start, end) + after + value.slice(end));
    area.current?.focus();
  };
  return (
    <div className="overflow-hidden rounded-lg border border-field">
      <div className="flex gap-0.5 border-b border-line bg-tile/60 p-1">
        {MARKS.map(({ label, icon: Icon, before, after }) => (
          <IconButton
            key={label}
            label={t(label)}
            className="size-8"
            disabled={preview}
            onClick={() => wrap(before, after)}
          >
            <Icon aria-hidden />
          </IconButton>
        ))}
        <IconButton
          label={preview ? t('html.write') : t('html.preview')}
          className="ml-auto size-8"
          aria-pressed={preview}
          onClick={() => setPreview(!preview)}
        >
          {preview ? <Pencil aria-hidden /> : <Eye aria-hidden />}
        </IconButton>
      </div>
      {preview ? (
        <iframe
          title={t('html.preview')}
          sandbox=""
          srcDoc={`<style>body{font:14px/1.5 sans-serif;color:#1b1a18;background:#fff;margin:12px}</style>${value}`}
          className="block h-40 w-full bg-white"
        />
      ) : (
        <Textarea
          ref={area}
          value={value}
          rows={6}
          onChange={(event) => onChange(event.target.value)}
          className="resize-y rounded-none border-0"
        />
      )}
    </div>
  );
}
