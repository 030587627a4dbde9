import type { MessageKey } from '@/admin/i18n';
import { useT } from '@/admin/i18n';
import { Dialog } from '@/admin/ui';

const KEYS: { keys: string[]; does: MessageKey }[] = [
  { keys: ['Ctrl', 'K'], does: 'help.palette' },
  { keys: ['/'], does: 'help.search' },
  { keys: ['Ctrl', 'S'], does: 'help.save' },
  { keys: ['G', 'H'], does: 'help.home' },
  { keys: ['G', 'O'], does: 'help.orders' },
  { keys: ['G', 'P'], does: 'help.products' },
  { keys: ['G', 'C'], does: 'help.customers' },
  { keys: ['Esc'], does: 'help.close' },
  { keys: ['?'], does: 'help.this' },
];

export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open={open} onClose={onClose} size="small" title={t('help.title')}>
      <dl className="space-y-2">
        {KEYS.map(({ keys, does }) => (
          <div key={does} className="flex items-center justify-between gap-4">
            <dt>{t(does)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded border border-line bg-tile px-1.5 text-center font-sans text-xs leading-6"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
