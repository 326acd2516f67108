/**
 * Write docs/access.md: every route × everybody who can ask, from the tables that the server and the tests use.
 * Usage: npm run access-page
 */
import { writeFileSync } from 'node:fs';
import { renderAccessPage } from '../tests/support/access-page.ts';

writeFileSync(new URL('../docs/access.md', import.meta.url), renderAccessPage());
console.log('docs/access.md');
