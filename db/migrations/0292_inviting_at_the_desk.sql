-- At the desk somebody is invited in the name of whoever holds the account, who asked for it: that one of us did it stands
-- in the audit log, and the holder is told.
drop policy account_invitation_made on account_invitation;
create policy account_invitation_made on account_invitation for insert to hearth_web
  with check (state = 'waiting'
              and (account_id = any ((select app_accounts_held())::uuid[]) and invited_by = (select app_person())
                   or (select app_is_staff())
                      and exists (select 1 from account_member m
                                  where m.account_id = account_invitation.account_id and m.person_id = invited_by
                                    and m.kind = 'holder')));
