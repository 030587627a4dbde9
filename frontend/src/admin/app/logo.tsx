export function Logo() {
  return (
    <span
      aria-hidden
      className="grid size-8 shrink-0 place-items-center rounded-lg bg-brand text-[17px] font-semibold text-brand-ink"
    >
      S
    </span>
  );
}
