-- What a scope lets an app do depends on whom it acts for.

update identity.scope set description = 'Add and change products'
where name = 'catalog:write';
update identity.scope set description = 'Change the stock of products'
where name = 'inventory:write';
