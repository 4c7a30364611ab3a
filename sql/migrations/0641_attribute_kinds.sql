-- Attributes that are choices with a colour or a picture, that refer to other
-- things of the store, or that name a file.

alter table catalog.attribute
    add column swatches jsonb,
    add column refers_to text,
    drop constraint attribute_kind_check,
    drop constraint attribute_check,
    add constraint attribute_kind_check check (kind in (
        'text', 'number', 'boolean', 'choice', 'multi_choice', 'date',
        'swatch', 'reference', 'file')),
    add constraint attribute_listed_check check (
        (kind in ('choice', 'multi_choice', 'swatch'))
        = (choices is not null)),
    add constraint attribute_swatches_check check (
        (kind = 'swatch') = (swatches is not null)
        and jsonb_typeof(swatches) = 'object'),
    add constraint attribute_refers_to_check check (
        (kind = 'reference') = (refers_to is not null)
        and refers_to in ('product', 'category', 'collection'));

comment on column catalog.attribute.swatches is
    'choices that have one: {"Red": "#d00000", "Oak": "/media/i/..."}';
comment on column catalog.attribute.refers_to is
    'a value is an id of these, or a list of ids';
