/**
 * zod compiles its parsers with `new Function` where it may. The content security policy forbids it and reports even the
 * try, which happens while schemas are made: so this must run before any module with a schema. Hence a chunk of its own
 * (vite.config.ts), imported first, and zod's global instead of `z.config()`, which would import zod itself first.
 */
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };

export {};
