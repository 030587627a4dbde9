/**
 * Days as date fields write them (`2026-11-21`), in the clock of whoever works here, as moments.
 */
export function startOfDay(day: string): string | undefined {
  const moment = new Date(`${day}T00:00:00`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** When the day is over; for ends that are not included. */
export function endOfDay(day: string): string | undefined {
  const moment = new Date(`${day}T00:00:00`);
  if (Number.isNaN(moment.getTime())) return undefined;
  moment.setDate(moment.getDate() + 1);
  return moment.toISOString();
}

const two = (value: number) => String(value).padStart(2, '0');

/** A moment as date fields write its day. */
export function dayOf(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** So many days later; earlier when negative. */
export function addDays(day: string, count: number): string {
  const moment = new Date(`${day}T00:00:00`);
  moment.setDate(moment.getDate() + count);
  return dayOf(moment);
}

export const today = () => dayOf(new Date());
