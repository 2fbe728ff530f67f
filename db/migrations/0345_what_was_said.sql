-- Whether what a page says about waiting was kept already: asked with the page, so that a plain view writes nothing. Seen by
-- whoever has found the request in the same transaction (0330), and by those who judge all of it (0300).
create policy wait_estimate_found on wait_estimate for select to hearth_web
  using (request_id = (select app_request()));
