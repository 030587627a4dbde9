/** A small line without axes; the number beside it says what matters. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const most = Math.max(...values);
  const least = Math.min(...values);
  const points = values
    .map((value, index) => {
      const x = (index / Math.max(values.length - 1, 1)) * 100;
      return `${x},${26 - ((value - least) / (most - least || 1)) * 24}`;
    })
    .join(' ');
  return (
    <svg aria-hidden viewBox="0 0 100 28" preserveAspectRatio="none" className="h-7 w-20">
      <polyline
        fill="none"
        stroke="var(--brand)"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
        points={points}
      />
    </svg>
  );
}
