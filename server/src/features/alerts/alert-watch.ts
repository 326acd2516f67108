import type { AppContext } from '../../app-context.ts';
import { type DataWatch, watchData } from '../../database/data-watch.ts';
import { currentMonth } from '../reporting/reporting-rules.ts';
import { createRememberingJudge } from './alerts-rules.ts';
import { areAlertsFresh, refreshAlerts } from './refresh-alerts.ts';

const LOOK_EVERY_MS = 5000;

/** Keep the alerts up with the data and the calendar: an idle server asks every 5 s for the data version alone. */
export function watchAlerts(
  context: Pick<AppContext, 'db' | 'log' | 'snapshots' | 'version'>,
  lookEveryMs = LOOK_EVERY_MS,
): DataWatch {
  const { judge, forget } = createRememberingJudge();
  return watchData(context, {
    name: 'alerts',
    lookEveryMs,
    patientLooks: 6,
    basisOf: (dataVersion) => `${dataVersion} ${currentMonth()}`,
    isFresh: (_, dataVersion) => areAlertsFresh(context, dataVersion),
    refresh: async (signal) => {
      const changes = await refreshAlerts(context, { signal, judge });
      forget();
      return changes;
    },
  });
}
