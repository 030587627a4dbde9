import { Share2 } from 'lucide-react';
import { toast } from '@/shared/ui';
import { useT } from '../../../i18n';

/** Hands the page's address to the device, or else copies it. */
export function Share({ title }: { title: string }) {
  const t = useT();
  const share = async () => {
    const url = location.href;
    try {
      if ('share' in navigator) await navigator.share({ title, url });
      else {
        await (navigator as Navigator).clipboard.writeText(url);
        toast(t('share.copied'));
      }
    } catch {
      // Closed without sharing: nothing to say.
    }
  };
  return (
    <button
      type="button"
      onClick={() => void share()}
      className="link inline-flex min-h-11 items-center gap-2 text-sm"
    >
      <Share2 aria-hidden className="size-4" />
      {t('share.title')}
    </button>
  );
}
