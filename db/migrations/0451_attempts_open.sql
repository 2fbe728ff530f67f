-- Whether somebody is at the provider's page just now is asked by account, not by when it was last asked about.
create index payment_attempt_open on payment_attempt (account_id, created_at) where state in ('begun', 'offered');
