-- A form's key belongs to who sent it. With one list for all, a key that somebody else had used was neither taken nor
-- answered, and told that it was there.

alter table submission drop constraint submission_pkey;
alter table submission add primary key (person_id, key);
