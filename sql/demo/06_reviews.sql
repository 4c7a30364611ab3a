-- Reviews of two products in three.

create temp table demo_words (
    kind text, stars int, n int, words text
) on commit drop;

insert into demo_words values
    ('title', 5, 0, 'Exactly as I hoped'), ('title', 5, 1, 'Would buy again'),
    ('title', 5, 2, 'Wonderful'), ('title', 5, 3, 'Worth every cent'),
    ('title', 4, 0, 'Very good'), ('title', 4, 1, 'Nearly perfect'),
    ('title', 4, 2, 'Does what it should'), ('title', 4, 3, 'Happy with it'),
    ('title', 3, 0, 'It is all right'), ('title', 3, 1, 'Good, with a but'),
    ('title', 3, 2, 'Average'), ('title', 3, 3, 'Expected a little more'),
    ('title', 2, 0, 'Not for me'), ('title', 2, 1, 'Sent it back'),
    ('title', 2, 2, 'Disappointed'), ('title', 2, 3, 'Better on the picture'),
    ('body', 5, 0, 'Came the next day, well packed. I use it all the time and have already given one away as a present.'),
    ('body', 5, 1, 'The quality surprised me at this price. Clear recommendation.'),
    ('body', 5, 2, 'My third one, for the third member of the family. That says it all.'),
    ('body', 5, 3, 'Looks better than on the pictures and feels solid.'),
    ('body', 4, 0, 'Good quality and quick delivery. One star less because the box was larger than needed.'),
    ('body', 4, 1, 'I have had it for a month now and still like it. The colour is a bit darker than shown.'),
    ('body', 4, 2, 'Works as described. The instructions could be longer.'),
    ('body', 4, 3, 'Nice piece. Ask before you order if you need it by a certain day.'),
    ('body', 3, 0, 'Does its job, no more and no less.'),
    ('body', 3, 1, 'The thing itself is fine, but mine had a scratch. The service answered within an hour.'),
    ('body', 3, 2, 'Smaller than I thought; read the measures.'),
    ('body', 3, 3, 'Fair for the price.'),
    ('body', 2, 0, 'Did not fit into our home. Sending it back was easy, at least.'),
    ('body', 2, 1, 'I expected something sturdier.'),
    ('body', 2, 2, 'Arrived late, and the friend it was for had her birthday without it.'),
    ('body', 2, 3, 'Probably good for others, not for what I wanted.');

insert into review.review (store_id, product_id, author, rating, title, body,
                           verified, created_at, updated_at)
select p.store_id, p.id,
       (array['Anna K.', 'Ben', 'Chiara R.', 'David', 'Elif', 'Finn',
              'Greta L.', 'Hugo', 'Ines', 'Jonas W.', 'Katja', 'Liam',
              'Mila', 'Noor', 'Oskar', 'Paula B.', 'Quentin', 'Rosa',
              'Sven', 'Tilda', 'Umut', 'Vera', 'Wim', 'Yara'])
           [1 + r.h % 24],
       s.stars, t.words, b.words, r.h % 5 > 0,
       p.made_at + (1 + r.h % 90) * interval '1 day'
           + r.n * interval '37 minutes',
       p.made_at + (1 + r.h % 90) * interval '1 day'
           + r.n * interval '37 minutes'
from demo_product p
cross join lateral (
    select n, abs(hashtext(p.name || n)) as h
    from generate_series(1, case when p.h % 3 = 0 then 0
                                 else 1 + p.h % 6 end) as n) as r
cross join lateral (
    select (array[5, 5, 5, 5, 4, 4, 4, 3, 3, 2])[1 + r.h % 10] as stars) as s
join demo_words t on t.kind = 'title' and t.stars = s.stars
    and t.n = r.h / 24 % 4
join demo_words b on b.kind = 'body' and b.stars = s.stars
    and b.n = r.h / 96 % 4
order by p.id, r.n;

-- what merchants answered, and what waits for a moderator
update review.review r
set reply = case when r.rating <= 2
        then 'We are sorry to read that. Write to us, and we will find a way.'
        else 'Thank you for taking the time, ' || split_part(r.author, ' ', 1)
             || '.' end,
    reply_at = r.created_at + interval '2 days'
where hashtext('reply' || r.id) % 9 = 0;

update review.review r
set status = 'pending', body = r.body || ' More on www.best-deals.test!'
where hashtext('spam' || r.id) % 400 = 0;

insert into review.report (review_id, reason, comment, created_at)
select r.id, 'other', 'I think this is about another product.',
       r.created_at + interval '5 days'
from review.review r
where r.status = 'published' and hashtext('report' || r.id) % 300 = 0;

insert into review.vote (review_id, user_id, helpful)
select r.id, a.id, hashtext(r.id || a.email) % 5 <> 0
from review.review r
join identity.account a on a.email like '%@demo.test'
where r.status = 'published' and hashtext('vote' || r.id || a.email) % 6 = 0;
