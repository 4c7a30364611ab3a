-- What is rendered and indexed of products has no foreign keys any more: each
-- was a look at the product and a lock of it, a row (decision 0705).  Whoever
-- removes a product removes them by triggers: catalog.product_gone(),
-- catalog.variant_gone(), search.product_gone().

alter table catalog.rendered drop constraint rendered_product_id_fkey;
alter table catalog.offer drop constraint offer_variant_id_fkey;
alter table search.entry drop constraint entry_product_id_fkey;
alter table search.fact drop constraint fact_product_id_fkey;

-- (store_id, product_id) and (store_id, tax_class) say the same and more
alter table catalog.variant drop constraint variant_product_id_fkey;
alter table catalog.product drop constraint product_store_id_fkey;
