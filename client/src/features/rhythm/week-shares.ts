/** What a matrix [7][24], Monday first, says in three numbers; shares are 0–1. null when it is empty. */
export type WeekShares = { peak: { weekday: number; hour: number; share: number }; night: number; weekend: number };

const nightHours = new Set([22, 23, 0, 1, 2, 3, 4, 5]);

export function weekShares(matrix: readonly (readonly number[])[]): WeekShares | null {
  let sum = 0;
  let night = 0;
  let weekend = 0;
  let peak = { weekday: 0, hour: 0, share: 0 };
  matrix.forEach((row, weekday) => {
    row.forEach((value, hour) => {
      sum += value;
      if (nightHours.has(hour)) night += value;
      if (weekday >= 5) weekend += value;
      if (value > peak.share) peak = { weekday, hour, share: value };
    });
  });
  if (sum === 0) return null;
  return { peak: { ...peak, share: peak.share / sum }, night: night / sum, weekend: weekend / sum };
}
