import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { NavLink } from 'react-router';
import type { MessageKey } from '@/admin/i18n';
import { useT } from '@/admin/i18n';
import { cn } from '@/admin/ui';
import type { NavEntry } from './feature';
import { FEATURES } from './features';
import { Logo } from './logo';
import { useMay } from './permissions';
import { useStore } from './use-store';

const GROUPS: { id: NavEntry['group']; label?: MessageKey }[] = [
  { id: 'work' },
  { id: 'catalog', label: 'nav.group_catalog' },
  { id: 'operations', label: 'nav.group_operations' },
  { id: 'settings', label: 'nav.group_settings' },
];

/** The entries that somebody may see, in order. */
export function useNav(): NavEntry[] {
  const may = useMay();
  return FEATURES.flatMap((feature) => feature.nav ?? [])
    .filter((entry) => may(entry.permission))
    .sort((one, other) => one.order - other.order);
}

function Count({ of, count: read }: { of: string; count: () => Promise<number> }) {
  const { data: count } = useQuery({
    queryKey: ['nav-count', of],
    queryFn: read,
    refetchInterval: 60_000,
    retry: false,
  });
  if (!count) return null;
  return (
    <span className="ml-auto rounded-full bg-ink/8 px-2 text-xs leading-5 tabular-nums">
      {count > 999 ? '999+' : count}
    </span>
  );
}

const item = ({ isActive }: { isActive: boolean }) =>
  cn(
    'flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-[13.5px] font-medium',
    isActive ? 'bg-surface shadow-card dark:bg-tile' : 'text-ink/80 hover:bg-ink/5',
  );

interface SidebarProps {
  onSearch: () => void;
  /** Called when somebody goes to a page; the drawer on telephones closes then. */
  onGo?: () => void;
}

export function Sidebar({ onSearch, onGo }: SidebarProps) {
  const t = useT();
  const nav = useNav();
  const store = useStore();
  return (
    <div className="flex h-full flex-col overflow-y-auto p-3">
      <div className="flex items-center gap-2.5 p-1.5">
        <Logo />
        <span className="min-w-0">
          <span className="block truncate text-[13.5px] leading-tight font-semibold">
            {store?.name ?? 'Sokoni'}
          </span>
          <span className="block truncate text-xs text-muted">{window.location.host}</span>
        </span>
      </div>
      <button
        type="button"
        onClick={onSearch}
        className="mt-3 flex h-8 shrink-0 items-center gap-2 rounded-lg border border-line bg-surface px-2.5 text-[13px] text-muted hover:border-field"
      >
        <Search aria-hidden className="size-4" />
        {t('palette.open')}
        <kbd className="ml-auto rounded border border-line px-1 font-sans text-[11px]">Ctrl K</kbd>
      </button>
      <nav aria-label={t('shell.nav')} className="mt-3">
        {GROUPS.map((group) => {
          const entries = nav.filter((entry) => entry.group === group.id);
          if (entries.length === 0) return null;
          return (
            <div key={group.id} className="mb-3">
              {group.label && (
                <p className="px-2.5 pt-1 pb-1 text-xs font-medium text-muted">{t(group.label)}</p>
              )}
              <ul className="space-y-0.5">
                {entries.map(({ to, icon: Icon, label, count }) => (
                  <li key={to}>
                    <NavLink to={to} end={to === '/'} className={item} onClick={onGo}>
                      <Icon aria-hidden className="size-[17px]" />
                      {t(label)}
                      {count && <Count of={to} count={count} />}
                    </NavLink>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </nav>
    </div>
  );
}
