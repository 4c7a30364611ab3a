-- Nobody waits for ever: notices are forgotten after a year.

create index notice_created_at on wishlist.notice (created_at);
