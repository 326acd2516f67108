-- Conditions on steps that several statements share, each written once, and a mark of when the steps changed.

-- Steps that were corrected or struck by one that counts, and by which.
create view area_replaced with (security_invoker = true) as
select later.supersedes as event_id, later.id as by_id, later.sequence as by_sequence
from area_event as later
where later.supersedes is not null
  and (not later.needs_approval
    or exists (select from area_approval as agreed where agreed.event_id = later.id and agreed.decision = 'approved'));

-- Steps that wait for a second person.
create view area_waiting with (security_invoker = true) as
select event.*
from area_event as event
where event.needs_approval
  and event.id not in (select event_id from area_approval)
  and event.id not in (select event_id from area_replaced);

-- As in 0004_areas.sql, in terms of `area_replaced`.
create or replace view area_step with (security_invoker = true) as
select event.*,
       -- Order within a day: that of entry; of a correction, that of the step it takes the place of.
       case
         when event.supersedes is null then event.sequence
         else (
           with recursive earlier as (
             select event.supersedes as id
             union all
             select (select corrected.supersedes from area_event as corrected where corrected.id = earlier.id)
             from earlier
             where earlier.id is not null)
           select min(first.sequence)
           from earlier
           join area_event as first on first.id = earlier.id)
       end as place
from area_event as event
where event.type <> 'withdrawn'
  and (not event.needs_approval
    or exists (select from area_approval as approval where approval.event_id = event.id and approval.decision = 'approved'))
  -- Not `not exists`: under row security that is planned as a loop over all steps, three times as long for 100,000.
  and event.id not in (select event_id from area_replaced);

grant select on area_replaced, area_waiting to diemnong_server;

-- Another state after everything that is entered of steps: what was read of them holds until then. A random one, so that what a
-- transaction saw of itself before it was rolled back, or another database, never looks like this one. Writers hold the row from
-- their first step on; they have locked their areas by then.
create table area_version (
  only_row boolean primary key default true check (only_row),
  state uuid not null default gen_random_uuid()
);
insert into area_version default values;
grant select, update on area_version to diemnong_server;

create function renew_area_version() returns trigger language plpgsql as $$
begin
  update area_version set state = gen_random_uuid();
  return null;
end
$$;
create trigger area_event_renews after insert or update or delete or truncate on area_event
  for each statement execute function renew_area_version();
create trigger area_approval_renews after insert or update or delete or truncate on area_approval
  for each statement execute function renew_area_version();
