/** What the demo's utility sells: sizes as they are usual where it is. Prices are made up. */
import type { Config } from '#lib/platform/server/config.ts';

/** Code, kind, how gas comes there, unit, empties come back, price, deposit, most, in stock, English, Spanish. */
type Sold = readonly [
  code: string,
  kind: 'cylinder' | 'bulk' | 'regulator' | 'alarm' | 'appliance',
  supply: 'any' | 'cylinder' | 'tank',
  unit: 'piece' | 'gallon' | 'litre',
  amount: number,
  deposit: number,
  stock: number,
  en: string,
  es: string
];

const alarm = (amount: number): Sold => [
  ...(['CO-ALARM', 'alarm', 'any', 'piece', amount, 0, 40] as const),
  'Carbon monoxide alarm, ten-year battery',
  'Alarma de monóxido de carbono, batería de diez años'
];

const sold: Record<Config['jurisdiction'], readonly Sold[]> = {
  US: [
    [
      'PROPANE-20',
      'cylinder',
      'any',
      'piece',
      2199,
      4000,
      60,
      'Propane cylinder, 20 lb',
      'Cilindro de propano, 20 lb'
    ],
    [
      'PROPANE-30',
      'cylinder',
      'any',
      'piece',
      3299,
      5500,
      24,
      'Propane cylinder, 30 lb',
      'Cilindro de propano, 30 lb'
    ],
    [
      'PROPANE-100',
      'cylinder',
      'any',
      'piece',
      9450,
      12000,
      4,
      'Propane cylinder, 100 lb',
      'Cilindro de propano, 100 lb'
    ],
    [
      'PROPANE-BULK',
      'bulk',
      'tank',
      'gallon',
      289,
      0,
      9000,
      'Propane for your tank',
      'Propano para su tanque'
    ],
    [
      'REGULATOR-QCC1',
      'regulator',
      'any',
      'piece',
      3495,
      0,
      18,
      'Regulator with hose, QCC1',
      'Regulador con manguera, QCC1'
    ],
    alarm(2995),
    ['HEATER', 'appliance', 'any', 'piece', 18900, 0, 0, 'Outdoor heater', 'Calefactor de exterior']
  ],
  UK: [
    [
      'PROPANE-47',
      'cylinder',
      'any',
      'piece',
      9750,
      7000,
      30,
      'Propane cylinder, 47 kg',
      'Cilindro de propano, 47 kg'
    ],
    [
      'BUTANE-13',
      'cylinder',
      'any',
      'piece',
      4650,
      4000,
      50,
      'Patio gas cylinder, 13 kg',
      'Cilindro de gas, 13 kg'
    ],
    ['LPG-BULK', 'bulk', 'tank', 'litre', 62, 0, 30000, 'LPG for your tank', 'GLP para su tanque'],
    [
      'REGULATOR-27',
      'regulator',
      'any',
      'piece',
      1595,
      0,
      18,
      'Regulator, 27 mm clip-on',
      'Regulador, clip de 27 mm'
    ],
    alarm(2150)
  ],
  IN: [
    [
      'LPG-14',
      'cylinder',
      'any',
      'piece',
      90300,
      220000,
      80,
      'LPG cylinder, 14.2 kg',
      'Cilindro de GLP, 14,2 kg'
    ],
    ['LPG-5', 'cylinder', 'any', 'piece', 33500, 115000, 40, 'LPG cylinder, 5 kg', 'Cilindro de GLP, 5 kg'],
    ['REGULATOR-22', 'regulator', 'any', 'piece', 25000, 0, 25, 'Regulator, 22 mm', 'Regulador, 22 mm'],
    alarm(149900)
  ]
};

export const productsOf = (jurisdiction: Config['jurisdiction']) =>
  sold[jurisdiction].map(([code, kind, supply, unit, amount, deposit, stock, en, es], index) => ({
    stock,
    price: { product: code, from_day: '2025-01-01', amount, deposit },
    product: {
      ...{ code, kind, supply, unit, name: { en, es }, about: about[kind] ?? { en: '', es: '' } },
      ...{ takes_back: kind === 'cylinder', place: index, most: kind === 'bulk' ? 1500 : 6 },
      ...{ least: kind === 'bulk' ? 100 : 1, skill: kind === 'bulk' ? 'bulk_delivery' : 'cylinder_delivery' }
    }
  }));

const about: Record<string, { en: string; es: string }> = {
  cylinder: {
    en: 'We bring a full one and take the empty one.',
    es: 'Llevamos uno lleno y recogemos el vacío.'
  },
  bulk: { en: 'Delivered into your tank by tanker.', es: 'Se descarga en su tanque desde la cisterna.' }
};
