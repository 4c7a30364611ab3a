-- One filter may be left out of what is looked at, and be asked of each
-- product: then its facet is counted on the way.

alter type search.ask
    add attribute loose text,      -- the name of this filter
    add attribute fits text;       -- its keys
alter type search.found
    add attribute loose text;      -- whose facet is as if it were not chosen
