-- What a unit of the store's currency is worth is found out with the rest that
-- orders of a store and currency have in common.

alter type "order".placing add attribute rate numeric;
