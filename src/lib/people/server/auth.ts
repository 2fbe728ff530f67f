/** The sign-in library, in our words: our tables, our password hash, sessions in PostgreSQL. Called, never mounted. */
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { hostCookie } from '#lib/platform/cookie.ts';
import { system } from '#lib/platform/actor.ts';
import { log } from '#lib/platform/server/log.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import { longestPassword, shortestPassword } from '../password.ts';
import { findByWhatIsMeant } from './library-email.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { sessionDays, staffSessionHours } from '../sessions.ts';

/** All that signing in needs: the library, and the database under the role `hearth_auth`. */
export interface Auth {
  library: ReturnType<typeof openLibrary>;
  database: Database;
  db: Db;
  secret: string;
  /** Whether the site is served over https. */
  secure: boolean;
  passwords: Passwords;
}

export interface AuthSettings {
  database: Database;
  secret: string;
  origin: string;
  /** Whether demo people, whose password everybody knows, are let in. */
  demo?: boolean;
  /** How passwords are hashed; a test counts the calls. */
  passwords?: Passwords;
}

export interface Passwords {
  hash: (password: string) => Promise<string>;
  verify: (password: string, hash: string) => Promise<boolean>;
}

const argon2id: Passwords = { hash: hashPassword, verify: verifyPassword };

export function openAuth({
  database,
  secret,
  origin,
  demo = false,
  passwords = argon2id
}: AuthSettings): Auth {
  const db = database.as(system);
  const library = findByWhatIsMeant(openLibrary(db, { secret, origin, demo }, passwords));
  return { library, database, db, secret, secure: isSecure(origin), passwords };
}

const isSecure = (origin: string) => origin.startsWith('https:');

function openLibrary(
  db: Db,
  { secret, origin, demo: demoWanted }: { secret: string; origin: string; demo: boolean },
  passwords: Passwords
) {
  return betterAuth({
    appName: 'Hearth',
    baseURL: origin,
    secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    // It names people in what it logs. What matters is in our own audit log.
    logger: { level: 'error', log: (_level, message) => log.error('sign-in library', { message }) },
    // Its own limiter only guards its own web addresses, which we do not open; `throttle.ts` counts for us.
    rateLimit: { enabled: false },
    advanced: {
      // Its own prefix for https is `__Secure-`, which a neighbouring host may set.
      useSecureCookies: false,
      cookiePrefix: hostCookie('hearth', isSecure(origin)),
      defaultCookieAttributes: { secure: isSecure(origin) },
      database: { generateId: false, validateSchema: false },
      ipAddress: { disableIpTracking: true }
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      requireEmailVerification: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      password: {
        hash: (password) => passwords.hash(password),
        verify: ({ password, hash }) => passwords.verify(password, hash)
      }
    },
    session: {
      modelName: 'sign_in_session',
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at'
      },
      expiresIn: sessionDays * 86_400,
      // Sessions end when they end; nothing prolongs them in passing.
      disableSessionRefresh: true,
      freshAge: 0
    },
    user: {
      modelName: 'person',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { role: { type: 'string', input: false } }
    },
    account: {
      modelName: 'sign_in_method',
      fields: {
        userId: 'person_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at'
      }
    },
    verification: {
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: 'hashed',
      disableCleanup: true
    },
    plugins: [
      twoFactor({
        issuer: 'Hearth',
        backupCodeOptions: { customBackupCodesGenerate: newRecoveryCodes },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              userId: 'person_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until'
            }
          }
        }
      })
    ],
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const { role, deactivated_at, demo } = await db
              .selectFrom('person')
              .select(['role', 'deactivated_at', 'demo'])
              .where('id', '=', session.userId)
              .executeTakeFirstOrThrow();
            // Whatever started this process. To them it looks like a wrong password, after the same work.
            if (demo && !demoWanted) return false;
            if (role === 'customer') return;
            if (deactivated_at) return false;
            return { data: { ...session, expiresAt: new Date(Date.now() + staffSessionHours * 3_600_000) } };
          }
        }
      }
    }
  });
}
