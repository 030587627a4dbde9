import { cx } from '@/shared/cx';

/**
 * A description. The server keeps harmless HTML in descriptions and nothing else: it is cleaned by
 * an allow-list when it is written, whoever writes it.
 */
export function Prose({ html, className }: { html: string; className?: string }) {
  if (!html) return null;
  return <div className={cx('prose', className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
