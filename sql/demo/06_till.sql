-- What a till needs: barcodes (EAN-13 of one's own, 20...) and the number for
-- receipts; and quantities that a household may buy of what is scarce.

update catalog.variant v
set barcode = c.code || (10 - store.weighted(c.code,
        '{1,3,1,3,1,3,1,3,1,3,1,3}') % 10) % 10
from (select k.id, '20' || lpad(k.id::text, 10, '0') from catalog.variant k)
    as c (id, code)
where c.id = v.id;

update catalog.variant v set max_quantity = 12
where v.id % 97 = 0;

update store.store s
set tax_country = 'DE', tax_number = 'DE136695976', vat_check = 'format';
