/** Files of the town: photos of meters, a bill, a short film, each made here and put where uploads go. */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import sharp from 'sharp';
import { openStorage, originalFile, type Storage } from '#lib/files/server/storage.ts';
import type { Config } from '#lib/platform/server/config.ts';
import type { Chance } from './chance.ts';
import type { live } from './life.ts';
import { insertRows } from './rows.ts';

interface Sample {
  name: string;
  type: string;
  bytes: Buffer;
}

/** Gives some requests files, of every kind there is, and queues their preparation as if they had just come in. */
export async function storeSamples(
  client: pg.ClientBase,
  config: Config,
  history: ReturnType<typeof live>[],
  luck: Chance
) {
  const storage = openStorage(join(config.dataDir, 'files'));
  const samples = [...(await meterPhotos(luck)), billPdf(), ...(await films())];
  const wanted = history.filter(({ request }) => request.service_type !== 'DATA-REQ').slice(-90);
  const rows: object[] = [];

  let next = 0;
  for (const { request, events } of wanted) {
    if (!luck.falls(0.6)) continue;
    const sample = samples[next++ % samples.length];
    const asked = events[0];
    if (!sample || !asked) continue;
    const id = randomUUID();
    await keep(storage, id, sample.bytes);
    asked.payload.attachments = [id];
    rows.push({
      id,
      form_key: randomUUID(),
      person_id: request.requester_id,
      request_id: request.id,
      visibility: 'public',
      name: sample.name,
      size: sample.bytes.length,
      declared_type: sample.type,
      type: sample.type,
      state: 'received',
      scan: 'pending',
      preview: 'pending',
      stripped: false,
      sha256: createHash('sha256').update(sample.bytes).digest('hex'),
      created_at: request.submitted_at,
      received_at: request.submitted_at
    });
  }
  await insertRows(client, 'attachment', rows);
  // The newest first, and slower than they are prepared: what somebody sends meanwhile waits behind none of them.
  await client.query(
    `insert into outbox (job, payload, run_at)
     select 'attachments.process', jsonb_build_object('attachmentId', id),
       now() + interval '3 seconds' * row_number() over (order by received_at desc)
     from attachment where state = 'received'`
  );
}

async function keep(storage: Storage, id: string, bytes: Buffer) {
  await storage.create(id, originalFile);
  await writeFile(storage.path(id, originalFile), bytes);
}

/** Three photos of a meter's face; one carries a position, as phones do. */
async function meterPhotos(luck: Chance): Promise<Sample[]> {
  const photo = async (digits: string, withPosition: boolean) => {
    const picture = sharp(Buffer.from(meterFace(digits))).jpeg({ quality: 82 });
    if (withPosition) {
      picture.withExif({
        IFD0: { Make: 'Phone', Model: 'Pocket 12' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '44/1 6/1 0/1',
          GPSLongitudeRef: 'W',
          GPSLongitude: '70/1 13/1 0/1'
        }
      });
    }
    return picture.toBuffer();
  };
  const digits = () => String(luck.whole(412, 48_000)).padStart(5, '0');
  return [
    { name: 'IMG_2041.jpg', type: 'image/jpeg', bytes: await photo(digits(), true) },
    { name: 'meter.jpg', type: 'image/jpeg', bytes: await photo(digits(), false) },
    {
      name: 'contador cocina.png',
      type: 'image/png',
      bytes: await sharp(Buffer.from(meterFace(digits())))
        .png()
        .toBuffer()
    }
  ];
}

function meterFace(digits: string) {
  const windows = [...digits]
    .map(
      (
        digit,
        place
      ) => `<rect x="${250 + place * 120}" y="330" width="100" height="150" rx="8" fill="#f6f3ea"/>
        <text x="${300 + place * 120}" y="445" font-family="monospace" font-size="110" text-anchor="middle"
          fill="${place > 3 ? '#b3261e' : '#1d1b16'}">${digit}</text>`
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1100" height="820">
    <rect width="1100" height="820" fill="#6f6a61"/><rect x="90" y="70" width="920" height="680" rx="60" fill="#c9c4b8"/>
    <circle cx="550" cy="410" r="330" fill="#e9e5da"/><rect x="230" y="310" width="640" height="190" rx="14" fill="#2b2925"/>
    ${windows}
    <text x="550" y="590" font-family="sans-serif" font-size="40" text-anchor="middle" fill="#3b3832">m³   G4   2017</text>
    <text x="550" y="650" font-family="sans-serif" font-size="30" text-anchor="middle" fill="#5b574e">Millbrook Gas</text>
  </svg>`;
}

/** A one-page PDF, written by hand. */
function billPdf(): Sample {
  const text =
    'BT /F1 20 Tf 60 760 Td (Millbrook Gas - bill for October) Tj 0 -40 Td (Customer charge 12.00) Tj 0 -28 Td (38 therms 61.40) Tj 0 -28 Td (Total 73.40) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  ];
  let pdf = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = pdf.length;
  const lines = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}`;
  pdf += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return { name: 'October bill.pdf', type: 'application/pdf', bytes: Buffer.from(pdf) };
}

/** Films and phone photos that cannot be made on the spot stand ready beside this file. */
async function films(): Promise<Sample[]> {
  const folder = join(import.meta.dirname, 'media');
  const types: Record<string, string> = { mp4: 'video/mp4', mov: 'video/quicktime', heic: 'image/heic' };
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.sort().flatMap((name) => {
      const type = types[name.split('.').at(-1) ?? ''];
      return type ? [readFile(join(folder, name)).then((bytes) => ({ name, type, bytes }))] : [];
    })
  );
}
