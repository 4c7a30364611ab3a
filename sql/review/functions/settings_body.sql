create or replace function review.settings_body(s review.setting)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('moderation', s.moderation,
        'hide_reports', s.hide_reports, 'request_days', s.request_days)::text
$$;

comment on function review.settings_body is 'settings as the API shows them';
