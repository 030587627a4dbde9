import { useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { Button, Card, Field, IconButton, Input, TagInput } from '@/admin/ui';
import { combinations, generate } from '../variants';
import type { ProductEditing } from './product-editor';

const MOST_OPTIONS = 5;
const MOST_VARIANTS = 2_000;

/** Options and their values; every change makes the variants that follow from them. */
export function OptionsCard({ editor }: { editor: ProductEditing }) {
  const t = useT();
  const { options, variants } = editor.value;
  const [tooMany, setTooMany] = useState<number>();
  const change = (next: typeof options) => {
    const count = combinations(next).length;
    if (count > MOST_VARIANTS) {
      setTooMany(count);
      return;
    }
    setTooMany(undefined);
    editor.set({ options: next, variants: generate(next, variants) });
  };
  const replace = (index: number, part: Partial<(typeof options)[number]>) =>
    change(options.map((option, place) => (place === index ? { ...option, ...part } : option)));
  return (
    <Card title={t('options.title')} hint={t('options.hint')}>
      <div className="space-y-3">
        {options.map((option, index) => (
          // An option is known by its place: its name is being typed.
          // oxlint-disable-next-line no-array-index-key
          <div key={index} className="flex flex-col gap-2 sm:flex-row sm:items-start">
            <Field
              label={t('options.name')}
              className="sm:w-44"
              error={editor.error(`options.${index}.name`)}
            >
              <Input
                key={option.name}
                defaultValue={option.name}
                placeholder={t('options.name_placeholder')}
                onBlur={(event) => {
                  const name = event.target.value.trim();
                  if (name !== option.name) replace(index, { name });
                }}
              />
            </Field>
            <Field
              label={t('options.values')}
              className="flex-1"
              error={editor.error(`options.${index}.values`)}
            >
              <TagInput
                values={option.values}
                placeholder={t('options.values_placeholder')}
                onChange={(values) => replace(index, { values })}
              />
            </Field>
            <IconButton
              label={t('options.remove', { name: option.name })}
              className="sm:mt-6"
              onClick={() => change(options.filter((_, place) => place !== index))}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </div>
        ))}
        {tooMany !== undefined && (
          <p role="alert" className="text-[13px] text-danger">
            {t('options.too_many', { count: tooMany, most: MOST_VARIANTS })}
          </p>
        )}
        {options.length < MOST_OPTIONS && (
          <Button onClick={() => editor.set({ options: [...options, { name: '', values: [] }] })}>
            <Plus aria-hidden />
            {t('options.add')}
          </Button>
        )}
      </div>
    </Card>
  );
}
