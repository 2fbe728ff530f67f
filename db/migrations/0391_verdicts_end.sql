-- What the screen said of a text, without the text, is kept for a year and then swept away by the worker.
create index screen_verdict_at on screen_verdict (at);
grant select (at), delete on screen_verdict to hearth_worker;
