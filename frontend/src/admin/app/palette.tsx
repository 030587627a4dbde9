import { useState } from 'react';
import { useQueries } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ArrowRight, Plus, Search } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { useNavigate } from 'react-router';
import { useT } from '@/admin/i18n';
import { FEATURES } from './features';
import { useMay } from './permissions';
import { useNav } from './sidebar';
import { useSettled } from './use-settled';

const ITEM =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1 data-[selected=true]:bg-tile [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted';

/** Ctrl K: go to a page, do something, or find a product or an order, from anywhere. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Primitive.Root open={open} onOpenChange={(shown) => !shown && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Primitive.Content
          aria-describedby={undefined}
          className="card fixed inset-x-3 top-[10vh] z-50 mx-auto max-w-xl overflow-hidden shadow-pop outline-none"
        >
          <Primitive.Title className="sr-only">{t('palette.title')}</Primitive.Title>
          <Commands onClose={onClose} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Commands({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [words, setWords] = useState('');
  const navigate = useNavigate();
  const pages = usePages(words);
  const found = useFound(words);
  const go = (to: string) => {
    onClose();
    void navigate(to);
  };
  return (
    <Command label={t('palette.title')} shouldFilter={false} loop>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 text-muted" />
        <Command.Input
          value={words}
          onValueChange={setWords}
          placeholder={t('palette.placeholder')}
          className="h-12 flex-1 bg-transparent outline-none max-sm:text-base"
        />
      </div>
      <Command.List className="max-h-[60vh] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted">
        <Command.Empty className="px-2.5 py-8 text-center text-muted">
          {found.loading ? t('state.loading') : t('palette.nothing')}
        </Command.Empty>
        {pages.length > 0 && (
          <Command.Group heading={t('palette.pages')}>
            {pages.map(({ to, label, icon: Icon }) => (
              <Command.Item
                key={label + to}
                value={label + to}
                onSelect={() => go(to)}
                className={ITEM}
              >
                <Icon aria-hidden />
                {label}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {found.groups.map((group) => (
          <Command.Group key={group.heading} heading={t(group.heading)}>
            {group.hits.map((hit) => (
              <Command.Item
                key={hit.id}
                value={hit.id}
                onSelect={() => go(hit.to)}
                className={ITEM}
              >
                {hit.icon ?? <ArrowRight aria-hidden />}
                <span className="min-w-0 flex-1 truncate">{hit.label}</span>
                {hit.hint && <span className="text-[13px] text-muted">{hit.hint}</span>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function usePages(words: string) {
  const t = useT();
  const may = useMay();
  const nav = useNav().map(({ to, label, icon, keywords }) => ({
    to,
    label: t(label),
    icon,
    keywords: keywords ?? '',
  }));
  const actions = FEATURES.flatMap((feature) => feature.actions ?? [])
    .filter((action) => may(action.permission))
    .map(({ to, label, icon }) => ({ to, label: t(label), icon: icon ?? Plus, keywords: '' }));
  const wanted = words.trim().toLowerCase().split(/\s+/);
  return [...nav, ...actions].filter(({ label, keywords }) => {
    const text = `${label} ${keywords}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

const LEAST = 2; // letters, before anything is searched for

function useFound(words: string) {
  const may = useMay();
  const settled = useSettled(words.trim(), 200);
  const sources = FEATURES.flatMap((feature) => feature.palette ?? []).filter((source) =>
    may(source.permission),
  );
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['palette', source.heading, settled],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.search(settled, signal),
      enabled: settled.length >= LEAST,
    })),
  });
  const groups = sources.map((source, index) => ({
    heading: source.heading,
    hits: settled.length >= LEAST ? (answers[index]?.data ?? []) : [],
  }));
  return {
    groups: groups.filter((group) => group.hits.length > 0),
    loading: answers.some((answer) => answer.isFetching),
  };
}
