-- Whose products a store shows is looked up once a question.

alter type search.ask
    add attribute shows text;      -- cache tags of other stores
