import { NavLink } from 'react-router';
import { cn } from './cn';

interface SubNavProps {
  label: string;
  links: readonly { to: string; label: string }[];
}

/** Links between the pages of one area, which look like tabs. A single one is not worth a row. */
export function SubNav({ label, links }: SubNavProps) {
  if (links.length < 2) return null;
  return (
    <nav aria-label={label} className="mb-4 border-b border-line">
      <ul className="flex gap-1 overflow-x-auto">
        {links.map((link) => (
          <li key={link.to} className="shrink-0">
            <NavLink
              to={link.to}
              end
              className={({ isActive }) =>
                cn(
                  'block border-b-2 px-3 py-2 font-medium whitespace-nowrap',
                  isActive ? 'border-brand' : 'border-transparent text-muted hover:text-ink',
                )
              }
            >
              {link.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
