import { useState } from 'react';
import { Download } from 'lucide-react';
import { adminExportsProducts } from '@/api/gen/sdk.gen';
import { useT } from '@/admin/i18n';
import { Button, toastProblem } from '@/admin/ui';
import { download } from '@/admin/ui/list';

/** All products in the format that imports take. */
export function ExportButton() {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const { data } = await adminExportsProducts({ parseAs: 'blob', throwOnError: true });
      download('products.csv', data as unknown as Blob);
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button busy={busy} onClick={() => void save()}>
      <Download aria-hidden />
      {t('products.export')}
    </Button>
  );
}
