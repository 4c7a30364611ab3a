-- The index that words and filters are found by: the longest piece of work.

\set ON_ERROR_STOP on
set synchronous_commit = off;
set maintenance_work_mem = '1GB';
create index fact_found on search.fact
    using gin (words, keys search.gin__int_ops)
    with (fastupdate = on, gin_pending_list_limit = 256);
