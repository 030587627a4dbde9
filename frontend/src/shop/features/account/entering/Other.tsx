import { Link } from '@/shop/Link';

interface Props {
  question: string;
  to: string;
  action: string;
}

/** "New here? Create an account" */
export function Other({ question, to, action }: Props) {
  return (
    <p className="flex flex-wrap items-center justify-between gap-3">
      <span className="text-muted">{question}</span>
      <Link to={to} className="link font-semibold">
        {action}
      </Link>
    </p>
  );
}
