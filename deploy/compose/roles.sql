-- Roles of the demo's services, one for each that keeps something. They get their rights from the migrations (docs/how-to/database-roles.md).
-- Run when the volume of PostgreSQL is new; may be repeated.
do $$ declare role text; begin
  foreach role in array array['tributary_transform', 'tributary_erp_sink', 'tributary_recon', 'tributary_console'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I login password %L', role, 'demo-password');
    end if;
  end loop;
end $$;
