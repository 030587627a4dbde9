import { Columns3 } from 'lucide-react';
import { useT } from '@/admin/i18n';
import { setDensity, usePreferences } from '@/admin/app/preferences';
import { IconButton } from '../button';
import { Menu, MenuCheck, MenuLabel, MenuSeparator } from '../menu';
import { hideColumns } from './saved';
import type { ListState } from './use-list';

interface Hideable {
  id: string;
  header: string;
  fixed?: boolean;
}

interface ChooserProps {
  list: ListState;
  columns: readonly Hideable[];
  hidden: string[];
}

export default function ColumnChooser({ list, columns, hidden }: ChooserProps) {
  const t = useT();
  const density = usePreferences((state) => state.density);
  const toggle = (id: string, shown: boolean) =>
    hideColumns(list.id, shown ? hidden.filter((other) => other !== id) : [...hidden, id]);
  return (
    <Menu
      trigger={
        <IconButton look="plain" label={t('table.columns')} className="size-8!">
          <Columns3 aria-hidden />
        </IconButton>
      }
    >
      <MenuLabel>{t('table.columns')}</MenuLabel>
      {columns
        .filter((column) => !column.fixed)
        .map((column) => (
          <MenuCheck
            key={column.id}
            checked={!hidden.includes(column.id)}
            onChange={(shown) => toggle(column.id, shown)}
          >
            {column.header}
          </MenuCheck>
        ))}
      <MenuSeparator />
      <MenuCheck
        checked={density === 'compact'}
        onChange={(compact) => setDensity(compact ? 'compact' : 'comfortable')}
      >
        {t('table.compact')}
      </MenuCheck>
    </Menu>
  );
}
