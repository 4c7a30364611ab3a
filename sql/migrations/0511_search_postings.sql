-- What the index has to read for a condition is as long as all of the store's
-- products that fit it, however few of them are in the category.

alter type search.pick add attribute postings bigint;
