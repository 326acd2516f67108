// Usage: npm start            Everything it needs, by itself: install, build, database, demonstration province, server.
// Environment: see README, "Configuration".
import { buildClient, install, run } from './bootstrap.mjs';

install();
await buildClient();
process.exit(await run(['--disable-warning=ExperimentalWarning', 'server/src/main.ts']));
