-- A mail server's last word. A letter that it will never take is settled, and staff see whose letters fail.

-- Null where it was taken. Else what was said: the code of the protocol (RFC 5321), or that the address is none.
alter table letter add column refused text check (refused ~ '^(5[0-9][0-9]|address)$');
create index letter_person on letter (person_id, sent_at desc) where person_id is not null;
