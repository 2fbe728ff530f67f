-- When somebody last took their old e-mail address back: whoever changed it since has no way back of their own.
alter table person add column email_taken_back_at timestamptz;
