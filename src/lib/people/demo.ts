/** The people who can sign in to a demonstration, known to everybody. Nowhere else do they exist. */

export const demoPassword = 'hearth-demo';

/** E-mail address, name, role, team. */
export const demoPeople = [
  ['ada@customer.example', 'Ada Mercer', 'customer', null],
  ['ben@customer.example', 'Ben Okafor', 'customer', null],
  ['grace@agent.example', 'Grace Lindholm', 'agent', 'billing'],
  ['sam@supervisor.example', 'Sam Ortega', 'supervisor', 'billing'],
  ['ruth@admin.example', 'Ruth Adeyemi', 'admin', null]
] as const;
