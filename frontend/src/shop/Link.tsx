import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import {
  createPath,
  useHref,
  useLocation,
  useNavigate,
  useResolvedPath,
  type NavigateOptions,
} from 'react-router';

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement>, NavigateOptions {
  /** A path of the shop, without the language's prefix. */
  to: string;
}

/**
 * A link within the shop. The router's own can prefetch data for its other mode, which costs every
 * visitor four kilobytes; this one is the rest of it.
 */
export function Link({ to, replace, state, preventScrollReset, onClick, target, ...rest }: Props) {
  const href = useHref(to);
  const navigate = useNavigate();
  const here = createPath(useLocation());
  const path = createPath(useResolvedPath(to));
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain = event.button === 0 && (!target || target === '_self');
    const modified = event.metaKey || event.altKey || event.ctrlKey || event.shiftKey;
    if (event.defaultPrevented || !isPlain || modified) return;
    event.preventDefault();
    void navigate(to, { replace: replace ?? here === path, state, preventScrollReset });
  };
  // What it says comes with the rest.
  // oxlint-disable-next-line jsx-a11y/anchor-has-content
  return <a {...rest} href={href} target={target} onClick={follow} />;
}

/** A link of a menu: it says whether it leads to this page or, unless `end`, to one above it. */
export function NavLink({ end = false, ...link }: Props & { end?: boolean }) {
  const { pathname } = useLocation();
  const to = useResolvedPath(link.to).pathname;
  const isCurrent = pathname === to || (!end && pathname.startsWith(`${to}/`));
  return <Link {...link} aria-current={isCurrent ? 'page' : undefined} />;
}
