import type { Endpoint } from '@diemnong/contracts';
import type { TestDatabase } from '../support/database.ts';
import type { TestApp } from '../support/test-app.ts';

/** Local day of a record, by the name of the zone. */
export const localDay = `(occurred_from at time zone 'Asia/Ho_Chi_Minh')::date`;
/** First days of Tết as calendars print them. */
export const tets: Record<number, string> = {
  2021: '2021-02-12',
  2022: '2022-02-01',
  2023: '2023-01-22',
  2024: '2024-02-10',
  2025: '2025-01-29',
};

/** Plain SQL, written for these tests alone, and questions whose answers are checked against their contract. */
export function askBoth(db: TestDatabase, app: () => TestApp) {
  const list = async <Row>(statement: string): Promise<Row[]> => (await db.knex.raw<{ rows: Row[] }>(statement)).rows;
  const count = async (condition: string): Promise<number> =>
    (await list<{ n: number }>(`select count(*)::int as n from incident where ${condition}`))[0].n;
  const fetchAnswer = async <Answer>(endpoint: Endpoint, query: string): Promise<Answer> => {
    const { status, body } = await app().get<Answer>(`${endpoint.path}?${query}`, endpoint);
    if (status !== 200) throw new Error(`${endpoint.path}?${query}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  return { list, count, fetchAnswer };
}

export const isIn = (from: string, to: string) => `${localDay} >= '${from}' and ${localDay} < '${to}'`;

/** Has the record's commune reported the month of a day (SQL)? */
export const reportedOn = (day: string) =>
  `exists (select 1 from report_month r join commune on commune.code = r.commune_code and boundary_set_id = '2025-07'
           where r.commune_code = incident.commune_code and r.month = date_trunc('month', ${day})::date)`;
