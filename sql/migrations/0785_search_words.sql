-- The words of a text one by one: the index is asked for each as a condition
-- of its own.

alter type search.ask
    add attribute parts tsquery[];
