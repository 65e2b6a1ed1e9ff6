-- How many records a device has that the server has not taken, as it last said, and when it last owed none; null of an app that does
-- not say.
alter table device add column owes integer;
alter table device add column owed_none_at integer;
