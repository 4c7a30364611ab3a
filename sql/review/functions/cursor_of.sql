create or replace function review.cursor_of(after text, sort text,
        out rank bigint, out last_id bigint)
    returns record
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    part text[];
begin
    if after is null then
        -- later than any review, and more than any count of votes
        rank := case sort when 'newest' then 253402300799000000
                          else 9223372036854775807 end;
        last_id := 9223372036854775807;
        return;
    end if;
    part := string_to_array(api.cursor_decode(after), '|');
    if cardinality(part) <> 3 or part[1] <> sort
       or part[2] !~ '^-?[0-9]{1,17}$' or part[3] !~ '^[0-9]{1,18}$'
    then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    rank := part[2]::bigint;
    last_id := part[3]::bigint;
end
$$;

comment on function review.cursor_of is
    'where the next page of a product''s reviews starts';
