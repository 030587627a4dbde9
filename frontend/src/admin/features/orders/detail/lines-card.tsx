import { Link } from 'react-router';
import type { OrderLineOut, OrderOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { useMay } from '@/admin/app/permissions';
import { Card, Money } from '@/admin/ui';
import { Thumb } from '@/admin/features/products';
import { Totals } from './totals';

export function LinesCard({ order }: { order: OrderOut }) {
  const t = useT();
  return (
    <Card title={t('orders.lines')} flush>
      <ul className="divide-y divide-line border-t border-line">
        {order.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      <Totals order={order} />
    </Card>
  );
}

function Line({ line }: { line: OrderLineOut }) {
  const t = useT();
  const mayLook = useMay()('catalog:read');
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Thumb image={line.thumbnail} />
      <div className="min-w-0 flex-1">
        {mayLook ? (
          <Link to={`/products/${line.product_id}`} className="font-medium hover:underline">
            {line.title}
          </Link>
        ) : (
          <span className="font-medium">{line.title}</span>
        )}
        <p className="text-[13px] break-words text-muted">
          {[line.variant_title, line.sku].filter(Boolean).join(' · ')}
        </p>
      </div>
      <p className="text-[13px] text-muted max-sm:hidden">
        {t('orders.each', { quantity: line.quantity })} <Money value={line.unit_price} />
      </p>
      <p className="text-right">
        <span className="block text-[13px] text-muted sm:hidden">× {line.quantity}</span>
        <Money value={line.line_total} />
      </p>
    </li>
  );
}
