-- Pieces that are sold before they are there, warehouses that staff keep, and
-- a number that grows with each change of what is shown of a product.

alter table inventory.warehouse
    add column active boolean not null default true,
    add column address jsonb not null default '{}'
        check (jsonb_typeof(address) = 'object'),
    add column version bigint not null default 1,
    add column updated_at timestamptz not null default now();

comment on column inventory.warehouse.country is
    'orders from there are served from here first';
comment on column inventory.warehouse.active is
    'false: what it has is not for sale';

drop trigger if exists stock_moved on inventory.stock;

alter table inventory.stock
    drop column shown,
    add column backordered bigint not null default 0,
    add column backorder_limit bigint not null default 0,
    add constraint stock_backordered_check check (backordered >= 0),
    add constraint stock_backorder_limit_check
        check (backorder_limit between 0 and 999999999);

alter table inventory.stock
    add column shown int not null generated always as
        (case when for_sale then least(on_hand - reserved
                  + greatest(backorder_limit - backordered, 0), display_limit)
              else 0 end) stored;

comment on column inventory.stock.shown is
    'what everyone may see: what may be ordered, capped at the store''s display'
    ' limit';
comment on column inventory.stock.for_sale is
    'false once the variant is deleted, and while the warehouse is not active';
comment on column inventory.stock.backordered is
    'promised to orders, not there yet: apart from reserved, which is';
comment on column inventory.stock.backorder_limit is
    'how many may be promised before they are there; 0: none';

create index if not exists stock_warehouse
    on inventory.stock (warehouse_id, variant_id);

-- until the functions are there, the trigger of before
do $$
begin
    if to_regprocedure('inventory.stock_moved()') is not null then
        create trigger stock_moved
            after update on inventory.stock
            for each row when (
                old.shown <> new.shown
                or (old.on_hand - old.reserved > old.low_stock_threshold
                    and new.on_hand - new.reserved
                        <= new.low_stock_threshold))
            execute function inventory.stock_moved();
    end if;
end
$$;

alter table inventory.reservation
    drop constraint reservation_quantity_check,
    add column backordered int not null default 0,
    add column paid boolean not null default false,
    add constraint reservation_quantity_check
        check (quantity >= 0 and backordered >= 0
               and quantity + backordered > 0),
    add constraint reservation_paid_check
        check (not paid or quantity = 0);

create index reservation_waiting
    on inventory.reservation (variant_id, created_at, order_id)
    where backordered > 0;

comment on table inventory.reservation is
    'what open orders hold, and what paid ones still wait for';
comment on column inventory.reservation.backordered is
    'pieces that are still to come; the first order gets them first';
comment on column inventory.reservation.paid is
    'what comes is sold at once: it is never reserved';

alter table inventory.movement
    drop constraint movement_check,
    add column backordered_delta bigint not null default 0,
    add column document text check (length(document) between 1 and 100),
    add constraint movement_check check (on_hand_delta <> 0
        or reserved_delta <> 0 or backordered_delta <> 0);

comment on column inventory.movement.document is
    'what it is part of, such as transfer:12 or count:3';

alter table inventory.shown
    add column version bigint not null
        default nextval('inventory.event_seq');

comment on column inventory.shown.version is
    'grows with each change: the id of a live event';

create table inventory.told (
    variant_id    bigint not null,
    warehouse_id  bigint not null,
    at            timestamptz not null default now(),
    primary key (variant_id, warehouse_id)
);

comment on table inventory.told is
    'when staff were last told by mail that a stock is low';

alter type "order".taken add attribute later bigint;

comment on type "order".taken is
    'what an order takes from a warehouse: quantity is there, later is to come;'
    ' shows: what is shown of it changes';
