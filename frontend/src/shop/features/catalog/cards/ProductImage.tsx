import type { CardPicture, Size } from '@/api/gen';

interface Props {
  image: Omit<CardPicture, 'sizes'> & { sizes?: Size[] };
  /** How wide it is shown, as `sizes` of an image. */
  sizes: string;
  /** What it shows; empty where the words beside it say so. */
  alt?: string;
  /** Among the first things to see: loaded at once and before others. */
  eager?: boolean;
  className?: string;
  onLoad?: () => void;
}

/** A picture in as many widths as there are; it keeps its place while it loads. */
export function ProductImage({ image, sizes, alt, eager = false, className, onLoad }: Props) {
  const set = image.sizes?.map(({ url, width }) => `${url} ${width}w`).join(', ');
  return (
    <img
      src={image.sizes?.[0]?.url ?? image.url}
      srcSet={set}
      sizes={set && sizes}
      alt={alt ?? image.alt}
      width={image.width}
      height={image.height}
      loading={eager ? 'eager' : 'lazy'}
      fetchPriority={eager ? 'high' : 'auto'}
      decoding={eager ? 'sync' : 'async'}
      className={className}
      onLoad={onLoad}
    />
  );
}
