-- Of the numbers of one filter, which may be many, the index is asked as an
-- array.

alter type search.ask
    add attribute among int[];     -- one of these, too, is asked of the index
