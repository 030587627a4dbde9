import { asProblem } from '@/api/problem';
import { EmptyState, ErrorState } from '@/shared/ui';
import { Link } from '@/shop/Link';
import { useT } from '../../../i18n';

const NOT_SEEN = [401, 404, 422];

interface Props {
  /** Why it could not be read; without one it is not known which order is meant. */
  error?: unknown;
  onRetry?: () => void;
  /** It is all that the page says. */
  alone?: boolean;
}

/** An order that is not there, or may not be seen from here, or could not be read just now. */
export function MissingOrder({ error, onRetry, alone = false }: Props) {
  const t = useT();
  if (error && !NOT_SEEN.includes(asProblem(error).status)) {
    return <ErrorState error={error} onRetry={onRetry} alone={alone} />;
  }
  return (
    <EmptyState
      title={t('order.missing')}
      alone={alone}
      action={
        <Link to="/track" className="btn btn-primary">
          {t('track.action')}
        </Link>
      }
    >
      {t('order.missingText')}
    </EmptyState>
  );
}
