import { useState } from 'react';
import { Download } from 'lucide-react';
import { adminOrdersExport } from '@/api/gen/sdk.gen';
import { useT } from '@/admin/i18n';
import { Button, Menu, MenuItem, toastProblem } from '@/admin/ui';
import type { ListState } from '@/admin/ui';
import { download } from '@/admin/ui/list';
import { orderQuery } from './order-filters';

/** All columns of the orders in this view, as the API writes them: per order, or per line. */
export function ExportMenu({ list }: { list: ListState }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const save = async (rows: 'orders' | 'lines') => {
    setBusy(true);
    try {
      const { data } = await adminOrdersExport({
        query: { ...orderQuery(list), rows },
        parseAs: 'blob',
        throwOnError: true,
      });
      download(rows === 'orders' ? 'orders.csv' : 'order-lines.csv', data as unknown as Blob);
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      trigger={
        <Button busy={busy}>
          <Download aria-hidden />
          {t('orders.export')}
        </Button>
      }
    >
      <MenuItem onSelect={() => void save('orders')}>{t('orders.export_orders')}</MenuItem>
      <MenuItem onSelect={() => void save('lines')}>{t('orders.export_lines')}</MenuItem>
    </Menu>
  );
}
