/** Rules, bodies, numbers and words that belong to one country alone: whoever reads them elsewhere is misled. */
import type { Jurisdiction } from '#lib/safety/wording.ts';

export const ofCountry: Record<Jurisdiction, RegExp> = {
  US: /Ohio|Illinois|Pennsylvania|Pacific Power|Arizona|New Jersey|California|SoCalGas|BTU|\bgallons?\b|galón|galones|medical certificate|certificado médico|\b911\b|\b811\b|\bZIP\b|LIHEAP|public utility commission|\$\d/,
  UK: /Ofgem|Energy Ombudsman|Citizens Advice|Gas Safe|\bGSOP\b|Great Britain|0800 111 999|\b999\b|eight weeks|ocho semanas|Warm Home|£/,
  IN: /PNGRB|\bOMC\b|Aadhaar|PAHAL|\b1906\b|lakh|crore|Bharat|Indane|Ujjwala|Distributor|₹/
};
