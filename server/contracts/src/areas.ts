import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';
import { CommuneRef, H3Cell, MultiPolygonGeometry } from './geo.ts';
import { lineOfText, linesOfText, Reason, reasonLength } from './texts.ts';

/** 1 social order and social evils; 2 economic; 3 environment, resources, food safety; 4 drugs. */
export const AreaType = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type AreaType = z.output<typeof AreaType>;
export const areaTypes = [1, 2, 3, 4] as const satisfies readonly AreaType[];

/** Who keeps the list it stands on: the province, or the commune itself. */
export const areaLevels = ['province', 'commune'] as const;
export const AreaLevel = z.enum(areaLevels);
export type AreaLevel = z.output<typeof AreaLevel>;

/**
 * How the place was taken: drawn by hand; a whole commune; gathered hexagons; a suggestion of the statistics; a line of a list,
 * not drawn yet (no geometry, no cells); a part of a divided area; several areas made one.
 */
export const areaOrigins = ['drawn', 'commune', 'cells', 'candidate', 'list', 'split', 'merge'] as const;
export const AreaOrigin = z.enum(areaOrigins);
export type AreaOrigin = z.output<typeof AreaOrigin>;

/**
 * Every kind of step. Steps that move the status: proposed, listed, transforming, assessed_success, assessed_not_yet, removed,
 * watched, relapsed, closed, rejected, carried_over, superseded (divided or made one with others: its successors go on).
 * `measure` and `reviewed` leave it as it is. `withdrawn` strikes an earlier step that was entered by mistake.
 */
export const areaEventTypes = [
  'proposed',
  'listed',
  'transforming',
  'measure',
  'reviewed',
  'assessed_success',
  'assessed_not_yet',
  'removed',
  'watched',
  'relapsed',
  'closed',
  'rejected',
  'carried_over',
  'superseded',
  'withdrawn',
] as const;
export const AreaEventType = z.enum(areaEventTypes);
export type AreaEventType = z.output<typeof AreaEventType>;

/**
 * The status that follows from the steps in force; a carried-over area is listed again. `draft` = nothing in force yet (its
 * proposal was struck).
 */
export const areaStatuses = [
  'draft',
  'proposed',
  'listed',
  'transforming',
  'assessed_success',
  'assessed_not_yet',
  'removed',
  'watched',
  'relapsed',
  'closed',
  'rejected',
  'superseded',
] as const;
export const AreaStatus = z.enum(areaStatuses);
export type AreaStatus = z.output<typeof AreaStatus>;

/** Steps that count only once a second person has agreed. A correction of one of them needs it too. */
export const approvedEventTypes = [
  'listed',
  'carried_over',
  'assessed_success',
  'assessed_not_yet',
  'removed',
  'relapsed',
] as const satisfies readonly AreaEventType[];

/** What is done in an area. */
export const measureKinds = [
  'camera',
  'light',
  'patrol',
  'self_management',
  'dialogue',
  'inspection',
  'propaganda',
  'infrastructure',
  'rehabilitation',
  'other',
] as const;
export const MeasureKind = z.enum(measureKinds);
export type MeasureKind = z.output<typeof MeasureKind>;

/** A year that areas are listed for. */
export const ListYear = z.coerce.number<string | number>().int().min(2000).max(2100);
const IdParams = z.object({ id: z.uuid() });
const TypeList = z
  .array(AreaType)
  .min(1)
  .max(4)
  .transform((types) => [...new Set(types)].sort((a, b) => a - b));

/** Answers of the check list at an assessment: `met` null = not answered; `value` a share 0–1 where the condition asks for one. */
export const ConditionAnswer = z.object({
  id: z.string().max(40),
  met: z.boolean().nullable(),
  value: z.number().min(0).max(1).nullable(),
});
export type ConditionAnswer = z.output<typeof ConditionAnswer>;

export const AreaMeasure = z.object({
  kind: MeasureKind,
  /** First day; `to` excluded, null = goes on. */
  from: Day,
  to: Day.nullable(),
  /** Cameras, lamps, patrols a week, dialogues held. */
  quantity: z.number().int().min(0).max(100_000).nullable(),
});
export type AreaMeasure = z.output<typeof AreaMeasure>;

/** A step as a person enters it. */
export const NewAreaEvent = z
  .object({
    type: AreaEventType,
    /** The day it takes effect; not after today. */
    on: Day,
    /** Of listed and carried_over: the list's year. Default: the year of `on`. */
    year: ListYear.optional(),
    decisionNumber: lineOfText(60).optional(),
    decisionDate: Day.optional(),
    /** Files already uploaded to this area. */
    files: z.array(z.uuid()).max(20).optional(),
    note: linesOfText(2000).optional(),
    /** Of rejected, relapsed, withdrawn: required. */
    reason: lineOfText(reasonLength.most).optional(),
    /** Of measure: required. */
    measure: AreaMeasure.optional(),
    /** Of assessed_success and assessed_not_yet: required. */
    conditions: z.array(ConditionAnswer).max(40).optional(),
    /** Id of an earlier step that this one corrects (same type) or strikes (`withdrawn`). */
    supersedes: z.uuid().optional(),
  })
  .strict();
export type NewAreaEvent = z.output<typeof NewAreaEvent>;

export const AreaFile = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  /** SHA-256 of the content, hexadecimal. */
  sha256: z.string(),
  uploadedAt: z.iso.datetime(),
  uploadedBy: z.string(),
});
export type AreaFile = z.output<typeof AreaFile>;

export const approvalStates = ['not_needed', 'pending', 'approved', 'refused'] as const;
export const ApprovalState = z.enum(approvalStates);
export type ApprovalState = z.output<typeof ApprovalState>;

export const AreaEvent = z.object({
  id: z.uuid(),
  areaId: z.uuid(),
  /** Order of entry, rising over the whole database. */
  sequence: z.number().int(),
  type: AreaEventType,
  on: Day,
  year: z.number().int().nullable(),
  decisionNumber: z.string().nullable(),
  decisionDate: Day.nullable(),
  note: z.string().nullable(),
  reason: z.string().nullable(),
  measure: AreaMeasure.nullable(),
  conditions: z.array(ConditionAnswer).nullable(),
  files: z.array(z.uuid()),
  supersedes: z.uuid().nullable(),
  /** The step in force that corrected or struck this one. */
  supersededBy: z.uuid().nullable(),
  approval: ApprovalState,
  /** Counts: approved or needs no approval, and not corrected or struck. */
  inForce: z.boolean(),
  /** Null = the server (import of the demonstration). */
  enteredBy: z.string(),
  enteredAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decisionReason: z.string().nullable(),
  /** The account that asks may decide: it is pending, and somebody else entered it. */
  canDecide: z.boolean(),
});
export type AreaEvent = z.output<typeof AreaEvent>;

/** What an area is called by. */
export const AreaRef = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Running number within the province, for speaking of it: "ĐB-014". */
  number: z.number().int(),
});

/** One line of the board. */
export const AreaSummary = AreaRef.extend({
  /** The commune that holds most of it; `communes` has all it touches. */
  commune: CommuneRef,
  communes: z.array(z.string()),
  types: z.array(AreaType),
  level: AreaLevel,
  status: AreaStatus,
  /** Day of the step that gave the status. */
  since: Day.nullable(),
  /** Years it has been listed for, by the day asked about. */
  listedYears: z.array(z.number().int()),
  /** Steps waiting for a second person. */
  pending: z.number().int(),
  /** Open review tasks. */
  tasks: z.number().int(),
  areaKm2: z.number().nullable(),
});
export type AreaSummary = z.output<typeof AreaSummary>;

/** `1,4` in a query string. */
const TypesFilter = z
  .string()
  .regex(/^[1-4](,[1-4])*$/, 'expected types 1–4, comma-separated')
  .transform((list) => list.split(',').map(Number) as AreaType[])
  .optional();
const CodesFilter = z
  .string()
  .max(20_000)
  .regex(/^[\w.-]+(,[\w.-]+)*$/, 'expected codes, comma-separated')
  .transform((list) => list.split(','))
  .optional();

export const AreaFilter = z.object({
  /** Status at the end of this day. Default: today. */
  asOf: Day.optional(),
  /** Listed for this year. */
  year: ListYear.optional(),
  types: TypesFilter,
  communes: CodesFilter,
  status: AreaStatus.optional(),
  level: AreaLevel.optional(),
  /** In the name, accents and case ignored. */
  text: lineOfText(100).optional(),
  limit: z.coerce.number<string | number>().int().min(1).max(10_000).default(1000),
});
export type AreaFilter = z.output<typeof AreaFilter>;

/**
 * Areas within the scope, by the status's place in the life cycle, then by number. `total` and `statuses` count all that match
 * (`statuses` without the filter on status); `areas` holds at most `limit`.
 */
export const listAreas = endpoint({
  method: 'GET',
  path: '/api/areas',
  query: AreaFilter,
  response: z.object({
    dataVersion: z.number().int(),
    asOf: Day,
    total: z.number().int(),
    statuses: z.array(z.object({ status: AreaStatus, count: z.number().int() })),
    /** Years any area was listed for, newest first. */
    years: z.array(z.number().int()),
    areas: z.array(AreaSummary),
  }),
});
export type AreasResponse = z.output<typeof listAreas.response>;

/** The same selection as shapes; areas that are not drawn yet are counted in `undrawn`. */
export const listAreaShapes = endpoint({
  method: 'GET',
  path: '/api/areas/shapes',
  query: AreaFilter,
  response: z.object({
    dataVersion: z.number().int(),
    asOf: Day,
    undrawn: z.number().int(),
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        geometry: MultiPolygonGeometry,
        properties: z.object({
          id: z.uuid(),
          number: z.number().int(),
          name: z.string(),
          status: AreaStatus,
          types: z.array(AreaType),
          commune: z.string(),
        }),
      }),
    ),
  }),
});
export type AreaShapesResponse = z.output<typeof listAreaShapes.response>;

/**
 * Where an area is: exactly one of the four. A drawn polygon is cleaned (closed, valid, clipped to the communes of the scope)
 * and, with `snapM`, its corners within that many metres of a commune border are laid on it. `communeCode`: of the default set.
 * `cells`: of one resolution 7–10.
 */
export const AreaPlace = z.union([
  z.object({ polygon: MultiPolygonGeometry, snapM: z.number().min(0).max(200).default(0) }).strict(),
  z.object({ communeCode: z.string().max(20) }).strict(),
  z.object({ cells: z.array(H3Cell).min(1).max(5000) }).strict(),
  /** Not drawn yet: only the commune is known. */
  z.object({ undrawnIn: z.string().max(20) }).strict(),
]);
export type AreaPlace = z.output<typeof AreaPlace>;

export const AreaDetail = AreaSummary.extend({
  /** Code of the province whose rules hold for it. */
  province: z.string(),
  description: z.string(),
  origin: AreaOrigin,
  /** Areas it was made from (split, merge), and those that took its place. */
  parents: z.array(AreaRef),
  successors: z.array(AreaRef),
  /** 1, 2, 3 …; rises with each edit. */
  revision: z.number().int(),
  geometry: MultiPolygonGeometry.nullable(),
  /** Res-10 cells whose centre lies in it: what incidents are counted by. */
  cells: z.array(H3Cell),
  revisions: z.array(
    z.object({
      revision: z.number().int(),
      at: z.iso.datetime(),
      by: z.string(),
      reason: z.string(),
      /** Names of what differs from the revision before. */
      changed: z.array(z.enum(['created', 'name', 'description', 'types', 'level', 'place'])),
      name: z.string(),
      types: z.array(AreaType),
      level: AreaLevel,
      areaKm2: z.number().nullable(),
    }),
  ),
  /** In order of effect (day, then entry), those struck or refused included. */
  events: z.array(AreaEvent),
  files: z.array(AreaFile),
  /** Steps that may be entered now. */
  legal: z.array(AreaEventType),
  /** Where the watch ends, when it is watched. */
  watchUntil: Day.nullable(),
});
export type AreaDetail = z.output<typeof AreaDetail>;
const AreaAnswer = z.object({ dataVersion: z.number().int(), asOf: Day, area: AreaDetail });
export type AreaAnswer = z.output<typeof AreaAnswer>;

/** `asOf`: status, years and legal steps at the end of that day; default today. */
export const getArea = endpoint({
  method: 'GET',
  path: '/api/areas/:id',
  params: IdParams,
  query: z.object({ asOf: Day.optional() }),
  response: AreaAnswer,
});

const AreaFields = {
  name: lineOfText(160).min(2),
  description: linesOfText(4000),
  types: TypeList,
  level: AreaLevel,
};

/**
 * Mark an area: with its first step `proposed` on `proposedOn` (default today). 201.
 * Errors: `person_data`; `unprocessable` for a polygon that crosses itself beyond mending, lies outside every commune or outside the scope.
 */
export const postArea = endpoint({
  method: 'POST',
  path: '/api/areas',
  body: z
    .object({
      name: AreaFields.name,
      description: AreaFields.description.default(''),
      types: AreaFields.types,
      level: AreaFields.level.default('province'),
      place: AreaPlace,
      proposedOn: Day.optional(),
      /** The suggestion that it was made from. */
      candidate: z.string().max(80).optional(),
    })
    .strict(),
  response: AreaAnswer,
});

/** Edit: a new revision, the old one stays in the history. `revision` = the one that was edited; another one meanwhile is a `conflict`. */
export const patchArea = endpoint({
  method: 'PATCH',
  path: '/api/areas/:id',
  params: IdParams,
  body: z
    .object({
      revision: z.number().int().positive(),
      reason: Reason,
      name: AreaFields.name.optional(),
      description: AreaFields.description.optional(),
      types: AreaFields.types.optional(),
      level: AreaFields.level.optional(),
      place: AreaPlace.optional(),
    })
    .strict(),
  response: AreaAnswer,
});

const ReshapedAnswer = z.object({ dataVersion: z.number().int(), areas: z.array(AreaSummary) });

/** Divide into two or more parts; the area itself becomes superseded, each part carries its list year and status on. */
export const splitArea = endpoint({
  method: 'POST',
  path: '/api/areas/:id/split',
  params: IdParams,
  body: z
    .object({
      on: Day,
      reason: Reason,
      parts: z
        .array(z.object({ name: AreaFields.name, place: AreaPlace }).strict())
        .min(2)
        .max(10),
    })
    .strict(),
  response: ReshapedAnswer,
});

/** Make one of several of the same status: they become superseded, the new one carries the list year and status on. */
export const mergeAreas = endpoint({
  method: 'POST',
  path: '/api/areas/merge',
  body: z.object({ on: Day, reason: Reason, name: AreaFields.name, areas: z.array(z.uuid()).min(2).max(20) }).strict(),
  response: ReshapedAnswer,
});

/**
 * Enter a step. 201. Errors: `conflict` with `details {reason: 'illegal_step', status, legal}` and the reason in words; `conflict`
 * `{reason: 'pending'}` while a step that moves the status waits for its second person.
 */
export const postAreaEvent = endpoint({
  method: 'POST',
  path: '/api/areas/:id/events',
  params: IdParams,
  body: NewAreaEvent,
  response: AreaAnswer,
});

/** The second person agrees or not. Errors: `conflict` `{reason: 'same_person' | 'not_pending' | 'illegal_step'}`. */
export const approveAreaEvent = endpoint({
  method: 'POST',
  path: '/api/areas/:id/events/:event/approve',
  params: z.object({ id: z.uuid(), event: z.uuid() }),
  body: z
    .object({
      decision: z.enum(['approved', 'refused']).default('approved'),
      reason: lineOfText(reasonLength.most).optional(),
    })
    .strict()
    .refine(
      ({ decision, reason }) => decision === 'approved' || (reason?.length ?? 0) >= reasonLength.least,
      `reason: expected at least ${reasonLength.least} characters`,
    ),
  response: AreaAnswer,
});

/** Steps that wait for a second person, oldest first: over all areas of the scope. */
export const listPendingEvents = endpoint({
  method: 'GET',
  path: '/api/areas/pending',
  response: z.object({
    dataVersion: z.number().int(),
    events: z.array(
      AreaEvent.extend({ area: AreaSummary.pick({ id: true, number: true, name: true, commune: true, types: true }) }),
    ),
  }),
});
export type PendingEventsResponse = z.output<typeof listPendingEvents.response>;

/** Several at once, as a list's; each is judged for itself, and those refused say why. */
export const approveAreaEvents = endpoint({
  method: 'POST',
  path: '/api/areas/pending/approve',
  body: z.object({ events: z.array(z.uuid()).min(1).max(1000) }).strict(),
  response: z.object({
    dataVersion: z.number().int(),
    approved: z.array(z.uuid()),
    left: z.array(z.object({ event: z.uuid(), reason: z.string() })),
  }),
});

export const areaFileTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
] as const;
/** Largest file kept with an area. */
export const AREA_FILE_MAX_BYTES = 20_000_000;
/** Multipart: field `file`. The type is read from the content, never believed. 201. The same content twice is one file. */
export const postAreaFile = endpoint({
  method: 'POST',
  path: '/api/areas/:id/files',
  params: IdParams,
  response: AreaFile,
});
/** GET: the content as a download, never as a page. */
export const areaFilePath = '/api/areas/:id/files/:file';

/** A condition checked before an area is called transformed. */
export const AreaCondition = z.object({
  id: z
    .string()
    .max(40)
    .regex(/^[\w-]+$/),
  nameVi: lineOfText(300).min(3),
  nameEn: lineOfText(300).min(3),
  /** Least share (0–1) that it asks for; null = yes or no. */
  atLeast: z.number().min(0).max(1).nullable(),
});
export type AreaCondition = z.output<typeof AreaCondition>;

/** What holds for the areas of a province in a year. */
export const AreaRules = z.object({
  conditions: z.array(AreaCondition).max(40),
  /** How long an area is watched after it left the list, months. */
  watchMonths: z.number().int().min(1).max(60),
  /** A listing after this day of the year (`MM-DD`) is marked as late; it counts all the same. */
  lateAfter: z.string().regex(/^\d\d-\d\d$/),
  transformationTarget: z.number().min(0).max(1),
  noRelapseTarget: z.number().min(0).max(1),
  /** Relapse watch: the last months that are compared, and the share of the same season's baseline that opens a task. */
  relapseMonths: z.number().int().min(1).max(12),
  relapseShare: z.number().min(0.1).max(3),
});
export type AreaRules = z.output<typeof AreaRules>;

export const defaultAreaRules: AreaRules = {
  conditions: [
    {
      id: 'clearance',
      nameVi: 'Tỷ lệ điều tra, khám phá án từ 80% trở lên',
      nameEn: 'Clearance at least 80%',
      atLeast: 0.8,
    },
    {
      id: 'clearance_serious',
      nameVi: 'Án rất nghiêm trọng, đặc biệt nghiêm trọng từ 95% trở lên',
      nameEn: 'Clearance of very and extremely serious cases at least 95%',
      atLeast: 0.95,
    },
    {
      id: 'reports',
      nameVi: 'Tiếp nhận 100% tin báo, tố giác tội phạm',
      nameEn: '100% of crime reports received',
      atLeast: 1,
    },
    {
      id: 'self_management',
      nameVi: 'Có ít nhất một mô hình tự quản hoạt động hiệu quả',
      nameEn: 'At least one self-management model at work',
      atLeast: null,
    },
    {
      id: 'no_organised',
      nameVi: 'Không có dấu hiệu tội phạm có tổ chức',
      nameEn: 'No sign of organised crime',
      atLeast: null,
    },
  ],
  watchMonths: 24,
  lateAfter: '03-31',
  transformationTarget: 0.6,
  noRelapseTarget: 0.85,
  relapseMonths: 3,
  relapseShare: 0.75,
};

/** Code of a province within reach. Absent: one's own; of those who see all, the only or the first one. */
const RulesProvince = z.string().min(1).max(20).optional();
const AreaRulesAnswer = z.object({
  province: z.string(),
  year: z.number().int(),
  setFor: z.number().int().nullable(),
  rules: AreaRules,
});

/** Those of the newest year not after `year` that were set in the province, else the defaults; `setFor` says which. */
export const getAreaRules = endpoint({
  method: 'GET',
  path: '/api/areas/rules',
  query: z.object({ year: ListYear, province: RulesProvince }),
  response: AreaRulesAnswer,
});
export type AreaRulesResponse = z.output<typeof getAreaRules.response>;
export const postAreaRules = endpoint({
  method: 'POST',
  path: '/api/areas/rules',
  body: z.object({ year: ListYear, province: RulesProvince, rules: AreaRules }).strict(),
  response: AreaRulesAnswer,
});
