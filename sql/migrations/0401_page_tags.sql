-- Pages are kept in the gateway's cache until one of their tags changes.

alter type page.answer add attribute tags text;
