const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];
// The first that fits: Edge and Opera also call themselves Chrome, and Chrome Safari.
const BROWSERS: [RegExp, string][] = [
  [/Edg/, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

/** `Firefox · Windows`; what a program calls itself if it is no browser; undefined for nothing. */
export function deviceOf(userAgent: string | null): string | undefined {
  if (!userAgent) return undefined;
  const found = [BROWSERS, SYSTEMS].map(
    (known) => known.find(([sign]) => sign.test(userAgent))?.[1],
  );
  return found.filter(Boolean).join(' · ') || userAgent.split(/[ /]/)[0];
}
