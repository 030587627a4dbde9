import { lazy, Suspense, useState } from 'react';
import { Plus, X } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { cn } from '../cn';
import { IconButton } from '../button';
import { forgetView, hideColumns, keepView, useSavedViews } from './saved';
import type { SavedView } from './saved';
import type { ListState } from './use-list';

const NameDialog = lazy(() => import('./name-dialog'));

const searchOf = (params: Record<string, string>) => {
  const search = new URLSearchParams(params);
  search.sort();
  return search.toString();
};

const same = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join();

const tab = (active: boolean) =>
  cn(
    'h-8 rounded-lg px-3 text-[13px] font-medium whitespace-nowrap',
    active ? 'bg-ink/8' : 'text-muted hover:bg-ink/5 hover:text-ink',
  );

interface ViewsProps {
  list: ListState;
  hidden: string[];
  /** The columns are those that the list comes with. */
  isUsual: boolean;
}

/** The views of a list: those that come with it, and those that somebody saved in this browser. */
export function Views({ list, hidden, isUsual }: ViewsProps) {
  const t = useT();
  const saved = useSavedViews(list.id);
  const [naming, setNaming] = useState(false);
  const builtIn = list.views.map((view) => ({ ...view, search: searchOf(view.params) }));
  const asSaved = (view: SavedView) => view.search === list.search && same(view.hidden, hidden);
  const isBuiltIn =
    isUsual && (list.search === '' || builtIn.some((view) => view.search === list.search));
  const isKnown = isBuiltIn || saved.some(asSaved);
  return (
    <nav aria-label={t('views.label')} className="flex min-w-0 flex-wrap gap-1">
      {builtIn.map((view) => (
        <button
          key={view.id}
          type="button"
          aria-pressed={view.search === list.search}
          onClick={() => list.apply(view.search)}
          className={tab(view.search === list.search)}
        >
          {view.label}
        </button>
      ))}
      {saved.map((view) => (
        <span key={view.id} className="flex">
          <button
            type="button"
            aria-pressed={asSaved(view)}
            onClick={() => {
              hideColumns(list.id, view.hidden);
              list.apply(view.search);
            }}
            className={cn(tab(asSaved(view)), 'pr-1!')}
          >
            {view.name}
          </button>
          <button
            type="button"
            aria-label={t('views.forget', { name: view.name })}
            onClick={() => forgetView(list.id, view.id)}
            className="grid size-8 place-items-center rounded-lg text-muted hover:bg-ink/5"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      {!isKnown && (
        <IconButton
          label={t('views.save')}
          size="icon"
          className="size-8"
          onClick={() => setNaming(true)}
        >
          <Plus aria-hidden />
        </IconButton>
      )}
      {naming && (
        <Suspense fallback={null}>
          <NameDialog
            onClose={() => setNaming(false)}
            onName={(name) => keepView(list.id, { name, search: list.search, hidden })}
          />
        </Suspense>
      )}
    </nav>
  );
}
