-- The terms of every store as the functions are now.

select cart.render_terms(s.id) from store.store s;
