create or replace function notification.put_template(p_name text,
        p_language text, p_subject text, p_text text, p_html text)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into notification.template as t (name, language, subject, text,
                                            html)
    values (p_name, p_language, p_subject,
        replace(notification.label(p_language, ltrim(p_text, E'\n')),
                '@order@', notification.order_text(p_language)),
        notification.layout(p_language,
            replace(notification.label(p_language, p_html),
                    '@order@', notification.order_html(p_language))))
    on conflict (name, language, store_id) do update
    set subject = excluded.subject, text = excluded.text,
        html = excluded.html, updated_at = now()
    where (t.subject, t.text, t.html)
        is distinct from (excluded.subject, excluded.text, excluded.html)
$$;

comment on function notification.put_template is
    'a template for every store that has none of its own; html: what stands'
    ' between head and foot; @order@: the list of the order';
