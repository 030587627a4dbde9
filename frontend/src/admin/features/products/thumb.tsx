import { ImageOff } from 'lucide-react';

interface Picture {
  url: string;
}

/** A small picture of a product; its name stands beside it, so it is silent. */
export function Thumb({ image }: { image: Picture | null | undefined }) {
  if (!image) {
    return (
      <span
        aria-hidden
        className="grid h-11 w-9 shrink-0 place-items-center rounded-md border border-line bg-tile text-muted"
      >
        <ImageOff className="size-4" />
      </span>
    );
  }
  return (
    <img
      src={image.url}
      alt=""
      width={36}
      height={44}
      loading="lazy"
      className="h-11 w-9 shrink-0 rounded-md border border-line bg-tile object-cover"
    />
  );
}
