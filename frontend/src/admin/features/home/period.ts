import type { Interval } from '@/api/gen/types.gen';
import { addDays, endOfDay, startOfDay, today } from '@/admin/ui/days';

export const PRESETS = ['today', '7d', '30d', '90d', 'month', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

/** What the URL says of the period: a preset, or two days. */
export interface Chosen {
  preset: Preset | 'custom';
  from: string;
  to: string;
}

/** What the reports are asked for. Without `to` it is now, also for the period before. */
export interface Asked {
  from: string;
  to?: string;
  interval: Interval;
}

/** What every report of the page is asked for. Without a currency it is the store's. */
export interface Query extends Asked {
  currency?: string;
  time_zone: string;
}

const DAY = 86_400_000;

export function readPeriod(params: URLSearchParams, now = today()): Chosen {
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  if (startOfDay(from) && startOfDay(to) && from <= to) return { preset: 'custom', from, to };
  const wanted = PRESETS.find((preset) => preset === params.get('period')) ?? '30d';
  return { preset: wanted, from: firstDay(wanted, now), to: now };
}

function firstDay(preset: Preset, now: string): string {
  if (preset === 'today') return now;
  if (preset === 'month') return `${now.slice(0, 8)}01`;
  if (preset === 'year') return `${now.slice(0, 4)}-01-01`;
  return addDays(now, 1 - Number.parseInt(preset, 10));
}

/** Cut so that a chart has neither two points nor two hundred. */
function intervalOf(from: string, to: string): Interval {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
  if (days <= 2) return 'hour';
  if (days <= 92) return 'day';
  return days <= 400 ? 'week' : 'month';
}

export function askFor({ from, to }: Chosen, now = today()): Asked {
  const until = to < now ? endOfDay(to) : undefined;
  return {
    from: startOfDay(from) ?? '',
    ...(until && { to: until }),
    interval: intervalOf(from, to),
  };
}
