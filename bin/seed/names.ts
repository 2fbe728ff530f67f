/** The people and streets of Millbrook, a town that does not exist. */

export const firstNames = [
  'Amara, Ben, Carmen, David, Elena, Farid, Grace, Hannah, Ivan, Joyce, Kenji, Leila',
  'Marcus, Nadia, Oscar, Priya, Quentin, Rosa, Samuel, Teresa, Uma, Victor, Wanda, Xavier',
  'Yara, Zoe, Anil, Beatriz, Colin, Dolores, Emeka, Fiona, Gustavo, Helen, Isaac, Jun',
  'Kavita, Luis, Mei, Noah, Olivia, Pablo, Ravi, Sofia, Thomas, Valeria, Walter, Mary Ann'
].flatMap((some) => some.split(', '));

export const lastNames = [
  ...[
    'Abbott',
    'Alvarez',
    'Banerjee',
    'Brooks',
    'Castillo',
    'Chen',
    'Delgado',
    'Dubois',
    'Evans',
    'Fernández'
  ],
  ...['Foster', 'Garcia', 'Greene', 'Hassan', 'Hughes', 'Ibrahim', 'Jackson', 'Johansson', 'Kaur', 'Keller'],
  ...['Lopez', 'Malik', 'Martin', 'Mbeki', 'Moreno', 'Nakamura', "O'Brien", 'Okafor', 'Ortiz', 'Patel'],
  ...['Peterson', 'Ramirez', 'Reyes', 'Rossi', 'Santos', 'Schmidt', 'Singh', 'Taylor', 'Torres', 'Vasquez'],
  ...[
    'Walker',
    'Washington',
    'Williams',
    'Wójcik',
    'Yilmaz',
    'Young',
    'Zhang',
    'Featherstonehaugh-Cholmondeley'
  ]
];

export const streets = [
  ...[
    'Alder Street',
    'Bridge Road',
    'Canal Walk',
    'Depot Lane',
    'Elm Avenue',
    'Foundry Street',
    'Granary Row'
  ],
  ...['Hill Road', 'Iron Gate', 'Juniper Close', 'Kiln Lane', 'Lantern Street', 'Market Square', 'Mill Lane'],
  ...[
    'North Parade',
    'Orchard Way',
    'Potters Field',
    'Quarry Road',
    'River Street',
    'Station Road',
    'Tannery Yard'
  ]
];

export const towns = [
  ['Millbrook', '04210'],
  ['Millbrook', '04211'],
  ['Upper Millbrook', '04213'],
  ['Harrow Bend', '04227']
] as const;

/** Colleagues of the demo staff. They carry the work of the town but have no way to sign in. */
export const colleagues = [
  ['Peter Lindqvist', 'billing'],
  ['Imani Cole', 'billing'],
  ['Diego Fuentes', 'field'],
  ['Ruth Ann Becker', 'field'],
  ['Tomasz Nowak', 'field'],
  ['Asha Menon', 'meters'],
  ['Carl Jensen', 'meters'],
  ['Lucía Prado', 'cylinders'],
  ['Omar Haddad', 'care'],
  ['Jenny Whitfield', 'care']
] as const;

export const teams = [
  ['billing', 'Bills and payments'],
  ['field', 'Field service'],
  ['meters', 'Meters'],
  ['cylinders', 'Cylinders'],
  ['care', 'Customer care']
] as const;

/** Which team a group of the catalogue goes to. */
export const teamOfGroup: Record<string, (typeof teams)[number][0]> = {
  supply: 'field',
  bills: 'billing',
  payments: 'billing',
  meter: 'meters',
  moving: 'care',
  cylinders: 'cylinders',
  works: 'field',
  support: 'care',
  'your-account': 'care'
};
