const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });

/** Today by the calendar of Viet Nam, whatever clock the computer has: "2026-10-31". */
export function officeDay(): string {
  return calendar.format(new Date());
}
