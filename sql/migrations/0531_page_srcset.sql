-- The widths of a page's main picture, so that a browser begins with the one
-- that it will show.

alter type page.answer add attribute srcset text;
