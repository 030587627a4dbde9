import { ArrowLeft, ArrowRight, Trash2 } from 'lucide-react';
import type { ImageOut } from '@/api/gen/types.gen';
import { useT } from '@/admin/i18n';
import { cn, IconButton } from '@/admin/ui';

interface PictureProps {
  image: ImageOut;
  index: number;
  count: number;
  isDragged: boolean;
  /** What is dragged would be dropped here. */
  isTarget: boolean;
  onDrag: (id: string | undefined) => void;
  onOver: (id: string | undefined) => void;
  onDrop: () => void;
  onMove: (position: number) => void;
  onDescribe: (alt: string) => void;
  onRemove: () => void;
}

/** One picture of a product: what it shows, and its place among the others. */
export function Picture(props: PictureProps) {
  const { image, index, count } = props;
  const t = useT();
  const place = index + 1;
  return (
    // Dragging is for the mouse; the arrows below do the same for everybody.
    // oxlint-disable-next-line no-noninteractive-element-interactions
    <li
      draggable
      onDragStart={() => props.onDrag(image.id)}
      onDragEnd={() => {
        props.onDrag(undefined);
        props.onOver(undefined);
      }}
      onDragOver={(event) => {
        event.preventDefault();
        props.onOver(image.id);
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        props.onDrop();
      }}
      className={cn(
        'cursor-grab rounded-lg border border-line bg-surface',
        props.isDragged && 'opacity-50',
        props.isTarget && 'outline-2 outline-offset-2 outline-brand',
      )}
    >
      <img
        src={image.sizes[0]?.url ?? image.url}
        alt={image.alt}
        draggable={false}
        className="aspect-square w-full rounded-t-lg bg-tile object-cover"
      />
      <input
        key={image.alt}
        aria-label={t('media.alt', { position: place })}
        placeholder={t('media.alt_placeholder')}
        defaultValue={image.alt}
        maxLength={1000}
        onBlur={(event) => props.onDescribe(event.target.value.trim())}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        className="w-full border-y border-line bg-transparent px-2 py-1.5 text-[13px] max-sm:text-base"
      />
      <div className="flex justify-between">
        {/* Told to be disabled, but not so: whoever moves it on by keyboard keeps the focus. */}
        <IconButton
          label={t('media.earlier', { position: place })}
          aria-disabled={index === 0}
          className="aria-disabled:opacity-40"
          onClick={() => props.onMove(index - 1)}
        >
          <ArrowLeft aria-hidden />
        </IconButton>
        <IconButton label={t('media.remove', { position: place })} onClick={props.onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
        <IconButton
          label={t('media.later', { position: place })}
          aria-disabled={index === count - 1}
          className="aria-disabled:opacity-40"
          onClick={() => props.onMove(index + 1)}
        >
          <ArrowRight aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
