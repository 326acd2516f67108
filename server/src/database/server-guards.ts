import { AppError } from '@diemnong/contracts';
import { systemScope } from '../access/scope.ts';
import type { Database } from './open-database.ts';

/** Tables that hold no data about a place or a person: one number, the migrations' notes, PostGIS's own table. */
const unscopedTables = ['area_version', 'data_version', 'knex_migrations', 'knex_migrations_lock', 'spatial_ref_sys'];

/**
 * Refuse to serve when a guard of the database is missing: the role the server works under owns nothing and passes no policy
 * by; row security is on and forced on every table with data; nothing it can read runs with another's rights.
 * Errors: `unavailable` naming every missing guard.
 */
export async function requireGuards(transaction: Database['transaction']): Promise<void> {
  const faults = await transaction(systemScope, async (database) => {
    const { rows } = await database.raw<{ rows: { fault: string }[] }>(
      `select format('role %s is %s', rolname,
                concat_ws(', ', case when rolsuper then 'superuser' end, case when rolbypassrls then 'BYPASSRLS' end)) as fault
       from pg_roles
       where pg_has_role(current_user, oid, 'member') and (rolsuper or rolbypassrls)
       union all
       select format('role %s owns %s', current_user, oid::regclass)
       from pg_class
       where relnamespace = 'public'::regnamespace and pg_has_role(current_user, relowner, 'member')
       union all
       select format('table %s: row security is %s', oid::regclass,
                case when relrowsecurity then 'not forced' else 'off' end)
       from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relname = any (:unscopedTables)
         and not (relrowsecurity and relforcerowsecurity)
       union all
       select format('table %s has no policy', oid::regclass)
       from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity
         and not exists (select from pg_policy where polrelid = pg_class.oid)
       union all
       select format('policy %s of table %s does not ask for the scope', polname, polrelid::regclass)
       from pg_policy
       where coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '')
             not like '%current_setting(''app.%'
       union all
       select format('role %s may change or empty %s', current_user, oid::regclass)
       from pg_class
       where oid = 'audit_event'::regclass
         and (has_table_privilege(oid, 'delete, truncate') or has_any_column_privilege(oid, 'update'))
       union all
       select 'the log''s trigger audit_event_append_only is missing or switched off'
       where not exists (
         select from pg_trigger
         where tgrelid = 'audit_event'::regclass and tgname = 'audit_event_append_only' and tgenabled in ('O', 'A'))
       union all
       select format('role %s may truncate %s', current_user, oid::regclass)
       from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and has_table_privilege(oid, 'truncate')
       union all
       select format('materialized view %s is readable', oid::regclass)
       from pg_class
       where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
         and relkind = 'm' and has_table_privilege(oid, 'select')
       union all
       select format('view %s reads with its owner''s rights', oid::regclass)
       from pg_class
       where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
         and relkind = 'v' and has_table_privilege(oid, 'select')
         and relname not in ('geometry_columns', 'geography_columns') -- PostGIS's own: names of columns
         and not coalesce(reloptions @> array['security_invoker=true'], false)
       union all
       select format('function %s runs with its owner''s rights', oid::regprocedure)
       from pg_proc
       where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
         and has_function_privilege(oid, 'execute')
         and proname not like 'st\\_estimatedextent' escape '\\' -- PostGIS: checks the caller's right to select itself
       order by 1`,
      { unscopedTables },
    );
    return rows.map(({ fault }) => fault);
  });
  if (faults.length > 0)
    throw new AppError(
      'unavailable',
      `Cơ sở dữ liệu thiếu lớp bảo vệ, máy chủ không chạy: ${faults.join('; ')}. (A guard of the database is missing.)`,
      { details: { faults } },
    );
}
