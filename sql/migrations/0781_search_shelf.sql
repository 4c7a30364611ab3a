-- Products in the order of their categories, with all that lists and filters
-- look at: pages of a category are read by the index alone.

create index fact_shelf on search.fact (path)
    include (product_id, newest, rating, in_stock, prices, shown)
    where cardinality(shown) <= 200;

-- those that are too long for an entry of an index: hardly any
create index fact_wide on search.fact (path) where cardinality(shown) > 200;
