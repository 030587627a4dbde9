import { ListFilter } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useT } from '@/admin/i18n';
import { Button } from '../button';
import { Field, Input } from '../field';
import { Select } from '../select';
import type { Filter } from './types';
import type { ListState } from './use-list';

function FilterInput({ filter, list }: { filter: Filter; list: ListState }) {
  const t = useT();
  const value = list.value(filter.id) ?? '';
  if (filter.kind === 'choice') {
    return (
      <Field label={filter.label}>
        <Select
          value={value}
          empty={t('filter.any')}
          choices={filter.choices}
          onChange={(event) => list.set({ [filter.id]: event.target.value })}
        />
      </Field>
    );
  }
  return (
    <Field label={filter.label}>
      <Input
        type={filter.kind}
        key={value}
        defaultValue={value}
        placeholder={filter.placeholder}
        onBlur={(event) => {
          if (event.target.value !== value) list.set({ [filter.id]: event.target.value });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') list.set({ [filter.id]: event.currentTarget.value });
        }}
      />
    </Field>
  );
}

/** The button that opens all filters of a list. */
export default function FilterButton({ list }: { list: ListState }) {
  const t = useT();
  if (list.filters.length === 0) return null;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="small">
          <ListFilter aria-hidden />
          {t('filter.button')}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          aria-label={t('filter.button')}
          className="card z-30 max-h-[70vh] w-72 space-y-3 overflow-y-auto p-4 shadow-pop"
        >
          {list.filters.map((filter) => (
            <FilterInput key={filter.id} filter={filter} list={list} />
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
