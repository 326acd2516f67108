import { type Permission, permissions, roles } from '@diemnong/contracts';
import { accessMatrix, type Cell, identities } from './access-matrix.ts';

const whatFor: Record<Permission, string> = {
  map: 'maps, counts, trends, stories, tiles, within the scope',
  analysis:
    'hot spots, trends with their statistics, areas and targets with their evidence, reporting completeness, alerts, within the scope',
  reporting: 'confirm that a commune had no incident in a month, within the scope',
  alerts: 'decide about an alert, within the scope',
  planning: 'mark areas, enter and approve their steps, decide about suggestions and review tasks, within the scope',
  session: 'own session, password, second factor',
  imports: 'send in files, look at, commit and undo batches, within the scope',
  boundaries: 'import boundary sets',
  accounts: 'create, suspend and re-scope accounts',
  audit: 'read, search, export and verify the log',
  settings: 'change settings',
};

const titles: Record<(typeof identities)[number], string> = {
  nobody: 'nobody',
  expired: 'session over',
  suspended: 'suspended',
  passwordDue: 'password due',
  operator: 'operator',
  admin: 'admin',
  province: 'province',
  planner: 'planner',
  commune: 'commune, own',
  otherCommune: 'commune, another’s',
  viewer: 'viewer',
};

/** docs/access.md, from the tables that the server and the tests use. */
export function renderAccessPage(): string {
  const names = Object.keys(permissions) as Permission[];
  return `# Who may do what

Written by \`npm run access-page\` from \`server/contracts/src/access.ts\` and \`tests/support/access-matrix.ts\`; do not edit.
\`tests/api/access-matrix.test.ts\` asks every route of the running router as each of these and compares.

## Roles

${table(
  ['permission', 'what for', ...roles],
  names.map((name) => [
    name,
    whatFor[name],
    ...roles.map((role) => ((permissions[name] as readonly string[]).includes(role) ? '✓' : '')),
  ]),
)}

How far a role sees is its scope, kept by the policies of the database: \`admin\` everything, \`province\` and \`planner\` one province,
\`commune\` one commune, \`viewer\` no record at all, only published counts with small ones hidden.

## Routes

✓ = goes through; a number = refused with that status. "Session over" and "suspended" are administrators whose session has
ended or whose account is suspended; "password due" is an administrator before the first change of password; "operator" is a
chore on the server's own machine with the data directory's key. Objects (batches, communes) belong to the commune of
"commune, own"; for "commune, another’s" they answer as ids that do not exist.

${table(
  ['route', ...identities.map((name) => titles[name])],
  accessMatrix.map(({ route, cells }) => [`\`${route}\``, ...cells.map(mark)]),
)}
`;
}

function mark(cell: Cell): string {
  return cell === 'may' ? '✓' : String(cell);
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
