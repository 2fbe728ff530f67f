-- What a bank that has agreed pays by itself is not chased while it may be on its way.
alter table dunning drop constraint dunning_holds_check,
  add constraint dunning_holds_check
    check (holds <@ array['dispute', 'plan', 'bank', 'paying', 'small', 'priority', 'winter']);
