-- The feed is read after every commit, by every web process, and finds a handful of rows. The planner cannot know: for
-- it, "after this place" is a third of ten million, and worth two helping processes, whose start took a hundred times
-- as long as the reading.

alter function feed_after(xid8, bigint, integer) set max_parallel_workers_per_gather = 0;
