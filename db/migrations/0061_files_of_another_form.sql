-- A form whose key is used up goes on under another, and takes the files that were chosen on it along.
grant update (form_key) on attachment to hearth_web;
