/** Reference data and the generator of the invented demonstration province. */
export { type AreaType, type Category, categories, UNCLASSIFIED } from './categories.ts';
export { categorySynonyms, foldText } from './category-synonyms.ts';
export {
  type FormerProvinceMeridian,
  formerProvinceMeridians,
  type ProvinceMeridian,
  provinceMeridians,
} from './central-meridians.ts';
export {
  type DemoArea,
  type DemoAreaEvent,
  type DemoAreaTruth,
  generateDemoAreas,
} from './demo/areas.ts';
export {
  type Correction,
  type DemoIncident,
  type DemoIncidents,
  generateDemoIncidents,
  type IncidentColumns,
  PRECISIONS,
  PROVINCE_OFFICE,
  STATES,
} from './demo/incidents.ts';
export {
  formatOfficeTime,
  makeSampleFile,
  OFFICE_HEADINGS,
  type SampleFile,
  type SampleFlaw,
  toOfficeCsv,
} from './demo/office-file.ts';
export {
  type BoundarySet,
  type CameraProperties,
  type CommuneProperties,
  DEMO_SEED,
  type DemoProvince,
  generateDemoProvince,
  type LampProperties,
  type RoadProperties,
  type WaterProperties,
} from './demo/province.ts';
export type { TruthCluster, TruthKind } from './demo/truth.ts';
export { tetDate, tetDates } from './lunar.ts';
