import type { OrderOut } from '@/api/gen';
import { useShopLanguage } from '../../../i18n';

/** What was ordered, as it was called and priced then. */
export function Lines({ order }: { order: OrderOut }) {
  const { t, money } = useShopLanguage();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {order.lines.map((line) => (
        <li key={line.id} className="flex gap-4 py-4">
          {line.thumbnail ? (
            <img
              src={line.thumbnail.url}
              alt=""
              width={72}
              height={90}
              loading="lazy"
              className="h-[90px] w-[72px] shrink-0 rounded-lg bg-tile object-cover"
            />
          ) : (
            <span aria-hidden className="h-[90px] w-[72px] shrink-0 rounded-lg bg-tile" />
          )}
          <div className="flex min-w-0 flex-1 flex-col">
            <p className="font-medium break-words">{line.title}</p>
            {line.variant_title && <p className="text-muted">{line.variant_title}</p>}
            <p className="mt-auto text-sm text-muted tabular-nums">
              {t('order.lineEach', { quantity: line.quantity, price: money(line.unit_price) })}
            </p>
          </div>
          <p className="font-medium tabular-nums">{money(line.line_total)}</p>
        </li>
      ))}
    </ul>
  );
}
