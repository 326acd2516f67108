export { formatDay, formatMonth, formatNumber, formatShare, formatSigned } from '@diemnong/charts';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** A moment as clocks in Viet Nam show it, in both languages: "31/10/2026 14:05", or with seconds where their order matters. */
export function formatMoment(iso: string, { seconds = false }: { seconds?: boolean } = {}): string {
  const part = Object.fromEntries(clock.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const time = `${part['hour']}:${part['minute']}${seconds ? `:${part['second']}` : ''}`;
  return `${part['day']}/${part['month']}/${part['year']} ${time}`;
}
