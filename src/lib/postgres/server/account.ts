/** The system account PostgreSQL runs under: our own, or another one when we are root, which it refuses. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Null means "the account we are already running under". */
export type Account = { name: string; uid: number; gid: number } | null;

/** Who runs the cluster in `home`: whoever owns it already, or the best account there is for a new one. */
export function accountFor(home: string): Account {
  if (process.getuid?.() !== 0) return null;
  const known = accounts();
  if (existsSync(home)) {
    const owner = known.find((account) => account.uid === statSync(home).uid);
    if (owner && owner.uid !== 0) return owner;
  }
  return (
    named(known, 'postgres') ??
    named(known, 'hearth') ??
    newAccount() ??
    named(known, 'nobody') ??
    noAccount()
  );
}

/** What `spawn` needs to run something under this account. */
export const runAs = (account: Account) => (account ? { uid: account.uid, gid: account.gid } : {});

/** Whether the account may walk to this path and read it. Looks at the permission bits of every folder above. */
export function canReach(account: Account, path: string): boolean {
  if (!account) return true;
  for (let here = path; ; here = dirname(here)) {
    if (!mayPass(account, here)) return false;
    if (here === dirname(here)) return true;
  }
}

function mayPass(account: NonNullable<Account>, path: string) {
  const { uid, gid, mode } = statSync(path);
  const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
  return (bits & 1) === 1;
}

function accounts(): NonNullable<Account>[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

const named = (known: NonNullable<Account>[], name: string) => known.find((account) => account.name === name);

function newAccount() {
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'hearth'
  ]);
  return named(accounts(), 'hearth');
}

function noAccount(): never {
  throw new Error(
    'PostgreSQL refuses to run as root and this machine has no other account for it: ' +
      'start Hearth as an ordinary user, or name a database server in DATABASE_URL.'
  );
}
