import { useT } from '../../../i18n';
import { colourOf } from '../swatches';

const SHOWN = 4;

interface Props {
  /** The names of the first colours. */
  names: string[];
  /** How many colours there are. */
  count: number;
}

/** The colours a product comes in, as far as there is a choice and their look is known. */
export function Swatches({ names, count }: Props) {
  const t = useT();
  const shown = names.filter(colourOf).slice(0, SHOWN);
  if (count < 2 || shown.length === 0) return null;
  const more = count - shown.length;
  const read = shown.join(', ');
  return (
    <p className="mt-1 flex items-center gap-1.5">
      <span className="sr-only">
        {more > 0
          ? t('card.coloursMore', { names: read, count: more })
          : t('card.colours', { names: read })}
      </span>
      {shown.map((name) => (
        <span
          key={name}
          aria-hidden
          style={{ background: colourOf(name) }}
          className="size-3.5 rounded-full ring-1 ring-ink/25 ring-inset"
        />
      ))}
      {more > 0 && (
        <span aria-hidden className="text-xs text-muted">
          +{more}
        </span>
      )}
    </p>
  );
}
