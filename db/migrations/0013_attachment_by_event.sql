-- Which message a file came with is told by the message's event; a second place to say it could only disagree.
alter table attachment drop column message_id;
