import type { ChartFrame } from '@diemnong/charts';
import type { ChartDrawing } from '@diemnong/charts/draw';
import { AppError, ChartKind, ChartLook, chartPath, endpoint, type ParsedRequestOf } from '@diemnong/contracts';
import { z } from 'zod';
import type { AppContext } from '../../app-context.ts';
import { Bytes } from '../../http/encoded-body.ts';
import type { SignedInContext } from '../../http/serve.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf } from '../../snapshot/selection.ts';
import { type ChartFilters, changingKinds, chartReaders } from './chart-answers.ts';

/** `contracts/charts.ts` names the path; the query is read twice, as a look and as that of the numbers. */
export const getChart = endpoint({
  method: 'GET',
  path: chartPath,
  params: z.object({ kind: ChartKind }),
  query: z.record(z.string(), z.unknown()),
  response: z.string(),
});

/**
 * One chart as an SVG picture, drawn by the code that draws it in the browser, from the numbers of its endpoint.
 * Errors: `invalid_input` for an unknown kind or a bad query; `unavailable` while the drawing code is not built.
 */
export async function sendChart(
  { snapshots }: AppContext,
  { params: { kind }, query }: ParsedRequestOf<typeof getChart>,
  { identity, response }: SignedInContext,
): Promise<Bytes> {
  const look = ChartLook.safeParse(query);
  if (!look.success)
    throw new AppError(
      'invalid_input',
      look.error.issues.map((issue) => `query.${issue.path.join('.')}: ${issue.message}`).join('; '),
    );
  const { filters, tell } = chartReaders[kind](query);
  const { drawChart } = await loadDrawing();
  const { lang: language, theme, width, height } = look.data;
  const frame: ChartFrame = { language, theme, width, height };
  const svg = await snapshots.read(identity.scope, async (source) => {
    const { reference } = source;
    const { answer, facts } = await tell(source, { snapshots, scope: identity.scope });
    const nameOf = (code: string) => categoryName(code, language, reference);
    const { categories = filters.categories ?? [], ...told } = facts;
    const drawing = {
      subject: {
        kind,
        ...told,
        ...namesOf(filters, reference),
        categories: categories?.map(nameOf) ?? null,
        dataVersion: reference.dataVersion,
      },
      answer,
      frame,
      isSimulated: reference.isDemo,
      nameOf,
    };
    // The reader of a kind gives that kind's answer: what TypeScript cannot follow through `chartReaders[kind]`.
    return drawChart(drawing as ChartDrawing<typeof kind>);
  });
  if (changingKinds.has(kind)) {
    response.removeHeader('ETag');
    response.setHeader('Cache-Control', 'no-store');
  }
  response.setHeader('Content-Disposition', `inline; filename="diem-nong-${kind}.svg"`);
  return new Bytes('image/svg+xml; charset=utf-8', Buffer.from(svg));
}

/** Loaded with the first picture: a server whose client was never built still answers everything else. */
async function loadDrawing(): Promise<typeof import('@diemnong/charts/draw')> {
  try {
    return await import('@diemnong/charts/draw');
  } catch (error) {
    throw new AppError('unavailable', 'Charts are not built: run `npm run build`', { cause: error });
  }
}

function namesOf(filters: ChartFilters, reference: Reference) {
  const communes = new Map(communesOf(reference.defaultSet, reference).map(({ code, fullName }) => [code, fullName]));
  return {
    communes: (filters.communes ?? []).map((code) => communes.get(code) ?? code),
    hours: filters.hours ?? [],
    weekdays: filters.weekdays ?? [],
  };
}

function categoryName(code: string, language: 'vi' | 'en', { categories }: Reference): string {
  const category = categories.find((known) => known.code === code);
  return (language === 'vi' ? category?.nameVi : category?.nameEn) ?? code;
}
