/** How the embedded PostgreSQL is set up. An operator's `alter system` goes before what stands here. */
import { totalmem } from 'node:os';

export type Setup = { socket: string; port: number; durable: boolean };

/** The whole of postgresql.conf, written anew at every start. */
export const configurationFile = (setup: Setup) =>
  '# Written by Hearth at every start. Changes made with "alter system" are kept and go first.\n' +
  Object.entries(settings(setup))
    .map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'\n`)
    .join('');

function settings({ socket, port, durable }: Setup) {
  const sockets = process.platform !== 'win32';
  return {
    listen_addresses: sockets ? '' : '127.0.0.1',
    // A list: quoted, a comma in a name is no border.
    unix_socket_directories: sockets ? `"${socket.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    port,
    max_connections: 100,
    password_encryption: 'scram-sha-256',

    // What a customer has been promised is on disk. Only tests, which throw their data away, may skip that.
    synchronous_commit: durable ? 'on' : 'off',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',

    ...memory(durable),
    random_page_cost: 1.1,
    max_wal_size: '2GB',
    jit: 'off',

    timezone: 'UTC',
    datestyle: 'iso, ymd',
    default_text_search_config: 'pg_catalog.simple',

    // A week of logs, one file a weekday. Never statements nor details: they would carry what customers wrote.
    logging_collector: durable ? 'on' : 'off',
    log_directory: '../log',
    log_filename: 'postgresql-%a.log',
    log_file_mode: '0600',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_truncate_on_rotation: 'on',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u ',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse'
  };
}

function memory(durable: boolean) {
  if (!durable) return { shared_buffers: '64MB' };
  const megabytes = Math.round(totalmem() / 2 ** 20);
  return {
    shared_buffers: `${Math.min(Math.max(Math.round(megabytes / 8), 64), 1024)}MB`,
    effective_cache_size: `${Math.round(megabytes / 2)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: `${Math.min(Math.max(Math.round(megabytes / 16), 64), 512)}MB`
  };
}
