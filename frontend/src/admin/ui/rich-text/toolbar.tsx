import type { ReactNode } from 'react';
import {
  Bold,
  Heading2,
  Heading3,
  Italic,
  Link2,
  List,
  ListOrdered,
  Redo2,
  TextQuote,
  Undo2,
} from 'lucide-react';
import { Toolbar as Bar } from 'radix-ui';
import { useT } from '@/admin/i18n';
import { IconButton } from '../button';
import { cn } from '../cn';
import { HISTORY, linkAt, TOGGLES } from './commands';
import type { Written } from './writing';

interface ToolbarProps {
  written: Written;
  linking: boolean;
  onLink: () => void;
}

const LOOK = 'size-8! shrink-0 aria-pressed:bg-ink/12';

const GROUPS = [
  [
    { name: 'bold', icon: Bold, keys: 'Ctrl+B' },
    { name: 'italic', icon: Italic, keys: 'Ctrl+I' },
  ],
  [
    { name: 'heading', icon: Heading2, keys: 'Ctrl+Alt+2' },
    { name: 'subheading', icon: Heading3, keys: 'Ctrl+Alt+3' },
  ],
  [
    { name: 'bullets', icon: List, keys: 'Ctrl+Shift+8' },
    { name: 'numbers', icon: ListOrdered, keys: 'Ctrl+Shift+7' },
    { name: 'quote', icon: TextQuote, keys: 'Ctrl+Shift+9' },
  ],
] as const;

const PAST = [
  { name: 'undo', icon: Undo2, keys: 'Ctrl+Z' },
  { name: 'redo', icon: Redo2, keys: 'Ctrl+Y' },
] as const;

/** What one can do with the text: one stop of Tab, and arrows inside (the ARIA toolbar pattern). */
export function Toolbar({ written: { view, state }, linking, onLink }: ToolbarProps) {
  const t = useT();
  return (
    <Bar.Root aria-label={t('rich.toolbar')} className="flex gap-0.5">
      {GROUPS.map((group, index) => (
        <div key={group[0].name} className={cn('flex gap-0.5', index > 0 && 'sm:ml-1.5')}>
          {group.map(({ name, icon: Icon, keys }) => {
            const { run, isOn } = TOGGLES[name];
            return (
              <Tool
                key={name}
                label={t(`rich.${name}`)}
                keys={keys}
                pressed={isOn(state)}
                disabled={!run(state)}
                onClick={() => {
                  run(view.state, view.dispatch);
                  view.focus();
                }}
              >
                <Icon aria-hidden />
              </Tool>
            );
          })}
          {index === 0 && (
            <Tool
              label={t('rich.link')}
              keys="Ctrl+K"
              pressed={linking || linkAt(state) !== null}
              onClick={onLink}
            >
              <Link2 aria-hidden />
            </Tool>
          )}
        </div>
      ))}
      <div className="flex gap-0.5 max-sm:hidden sm:ml-1.5">
        {PAST.map(({ name, icon: Icon, keys }) => (
          <Tool
            key={name}
            label={t(`rich.${name}`)}
            keys={keys}
            disabled={!HISTORY[name](state)}
            onClick={() => {
              HISTORY[name](view.state, view.dispatch);
              view.focus();
            }}
          >
            <Icon aria-hidden />
          </Tool>
        ))}
      </div>
    </Bar.Root>
  );
}

interface ToolProps {
  label: string;
  keys: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, keys, pressed, disabled, onClick, children }: ToolProps) {
  return (
    <Bar.Button asChild disabled={disabled ?? false}>
      <IconButton
        label={label}
        title={`${label} (${keys.replaceAll('+', ' ')})`}
        aria-keyshortcuts={keys.replace('Ctrl', 'Control')}
        aria-pressed={pressed}
        className={LOOK}
        // The text keeps its selection.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        {children}
      </IconButton>
    </Bar.Button>
  );
}
