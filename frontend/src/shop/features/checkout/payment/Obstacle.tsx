import type { CartOut } from '@/api/gen';
import type { Problem } from '@/api/problem';
import { Link } from '@/shop/Link';
import { FormProblem, wordsFor } from '../../../forms';
import { useT } from '../../../i18n';
import { mayPass } from '../attempt';

interface Short {
  variant_id?: unknown;
  available?: unknown;
}

/** Why it was not bought, and what can be done about it. */
export function Obstacle({ problem, cart }: { problem: Problem; cart: CartOut }) {
  const t = useT();
  const named = linesOf(problem);
  if (named.length > 0) {
    const titleOf = (id: unknown) =>
      cart.lines.find((line) => line.variant_id === id)?.title ?? t('cart.unknown');
    return (
      <div role="alert" className="rounded-btn border border-sale px-4 py-3 text-sm">
        {named.map(({ variant_id: id, available }) => (
          <p key={String(id)} className="font-medium text-sale">
            {typeof available === 'number'
              ? t('cart.noneMore', { title: titleOf(id), count: available })
              : t('checkout.notSold', { title: titleOf(id) })}
          </p>
        ))}
        <Link to="/cart" className="link inline-flex min-h-9 items-center font-semibold">
          {t('checkout.toCart')}
        </Link>
      </div>
    );
  }
  const words = wordsFor(problem, t);
  return <FormProblem text={mayPass(problem) ? `${words} ${t('checkout.safeAgain')}` : words} />;
}

function linesOf({ members, kind }: Problem): Short[] {
  if (kind === 'insufficient-stock' && Array.isArray(members.lines)) {
    return members.lines as Short[];
  }
  const ids = members.variant_ids;
  return Array.isArray(ids) ? ids.map((variant_id: unknown) => ({ variant_id })) : [];
}
