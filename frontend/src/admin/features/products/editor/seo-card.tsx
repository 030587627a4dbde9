import { useT } from '@/admin/i18n';
import { useStore } from '@/admin/app/use-store';
import { Card, Field, Input, Textarea } from '@/admin/ui';
import type { ProductEditing } from './product-editor';

// As the server does it (`web/texts.py`): where a block ends, so does a word.
const BLOCK = /<(?=\/?(?:p|br|li|h[1-6]|div|ul|ol|td|tr)\b)/gi;
const plain = (html: string) =>
  new DOMParser()
    .parseFromString(html.replace(BLOCK, ' <'), 'text/html')
    .body.textContent.replace(/\s+/g, ' ')
    .trim();

/** How the product looks in a search engine, and the words for it. */
export function SeoCard({ editor }: { editor: ProductEditing }) {
  const t = useT();
  const store = useStore();
  const { value, set, error } = editor;
  const title = value.seo.title || `${value.title} | ${store?.name ?? ''}`;
  const description = value.seo.description || plain(value.description);
  return (
    <Card title={t('seo.title')}>
      <div className="mb-4 rounded-lg border border-line p-3">
        <p className="truncate text-[13px] text-muted">
          {window.location.host} › products › {value.slug}
        </p>
        <p className="truncate text-base text-info">{title}</p>
        <p className="line-clamp-2 text-[13px] text-muted">{description || t('seo.no_text')}</p>
      </div>
      <div className="space-y-4">
        <Field
          label={t('seo.field_title')}
          hint={t('seo.length', { count: title.length, most: 60 })}
        >
          <Input
            value={value.seo.title}
            placeholder={value.title}
            onChange={(event) => set({ seo: { ...value.seo, title: event.target.value } })}
          />
        </Field>
        <Field
          label={t('seo.field_description')}
          hint={t('seo.length', { count: description.length, most: 160 })}
        >
          <Textarea
            rows={3}
            value={value.seo.description}
            onChange={(event) => set({ seo: { ...value.seo, description: event.target.value } })}
          />
        </Field>
        <Field label={t('seo.slug')} hint={t('seo.slug_hint')} error={error('slug')}>
          <Input value={value.slug} onChange={(event) => set({ slug: event.target.value })} />
        </Field>
      </div>
    </Card>
  );
}
