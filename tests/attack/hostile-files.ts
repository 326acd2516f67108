import { gzipSync } from 'node:zlib';
import exceljs from 'exceljs';
import type { SeededRandom } from '../support/seeded-random.ts';
import { shapefileParts } from '../support/shapefile.ts';
import { readWorkbookParts } from '../support/workbook-parts.ts';
import { type ZipEntry, zipArchive } from '../support/zip-archive.ts';

/** `make` writes it: the large ones are not kept. */
export type HostileFile = { what: string; name: string; make: () => Buffer; desk: 'incidents' | 'boundaries' };

const heading = ['Số hồ sơ', 'Loại vụ việc', 'Thời điểm xảy ra', 'Kinh độ', 'Vĩ độ', 'Xã, phường'];
const rows = Array.from({ length: 30 }, (_, i) => [
  `HS-${i}`,
  i % 2 === 0 ? 'Trộm cắp xe máy' : 'Đánh bạc',
  `${(i % 28) + 1}/10/2025 14:30`,
  '106,0512',
  '20,6465',
  '',
]);
export const csv = [heading, ...rows].map((cells) => cells.join(';')).join('\r\n');
export const geoJson = JSON.stringify({
  type: 'FeatureCollection',
  features: rows.map(([reference, category, time]) => ({
    type: 'Feature',
    properties: { 'Số hồ sơ': reference, 'Loại vụ việc': category, 'Thời điểm xảy ra': time },
    geometry: { type: 'Point', coordinates: [106.0512, 20.6465] },
  })),
});
export const boundaries = JSON.stringify({
  type: 'FeatureCollection',
  features: [90_001, 90_002].map((code, i) => ({
    type: 'Feature',
    properties: { ma_xa: String(code), ten_xa: `Xã ${i}`, ma_tinh: '33' },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [106 + i, 20],
          [107 + i, 20],
          [107 + i, 21],
          [106 + i, 21],
          [106 + i, 20],
        ],
      ],
    },
  })),
});

/** Well-formed files to be broken. */
export type Seeds = {
  incidents: { name: string; bytes: Buffer }[];
  workbook: ZipEntry[];
  boundaries: { name: string; bytes: Buffer }[];
};

export async function makeSeeds(): Promise<Seeds> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Vụ việc');
  sheet.addRow(heading);
  for (const row of rows) sheet.addRow(row);
  const bytes = Buffer.from(await book.xlsx.writeBuffer());
  const workbook = [...(await readWorkbookParts(bytes))].map(([name, text]) => ({ name, data: Buffer.from(text) }));
  return {
    incidents: [
      { name: 'thang.xlsx', bytes },
      { name: 'thang.csv', bytes: Buffer.from(`\ufeff${csv}`) },
      { name: 'utf16.csv', bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')]) },
      { name: 'cp1258.csv', bytes: Buffer.from(csv.normalize('NFD'), 'latin1') },
      { name: 'thang.geojson', bytes: Buffer.from(geoJson) },
      { name: 'thang.csv.gz', bytes: gzipSync(csv) },
    ],
    workbook,
    boundaries: [
      { name: 'xa.zip', bytes: zipArchive(shapefileParts('xa')) },
      { name: 'xa.geojson', bytes: Buffer.from(boundaries) },
      { name: 'xa.geojson.gz', bytes: gzipSync(boundaries) },
    ],
  };
}

/** One broken file: bytes of a seed changed, cut, doubled or mixed, or the inside of a workbook rewritten. */
export function breakFile(random: SeededRandom, seeds: Seeds, desk: HostileFile['desk']): HostileFile {
  const all = seeds[desk];
  const seed = random.pick(all);
  if (desk === 'incidents' && random.chance(0.35)) return { ...breakWorkbook(random, seeds.workbook), desk };
  const isText = /\.(csv|geojson)$/.test(seed.name) && !seed.name.startsWith('utf16');
  const bytes =
    isText && random.chance(0.5)
      ? breakText(random, seed.bytes)
      : breakBytes(random, seed.bytes, random.pick(all).bytes);
  const name = random.chance(0.1)
    ? `x.${random.pick(['xlsx', 'csv', 'geojson', 'xls', 'zip', 'gz', 'shp', 'gpkg', 'txt'])}`
    : seed.name;
  return { what: `broken ${seed.name}`, name, make: () => bytes, desk };
}

function breakBytes(random: SeededRandom, seed: Buffer, other: Buffer): Buffer {
  let bytes: Buffer = Buffer.from(seed);
  for (let i = 0; i <= random.integer(4); i++) {
    const at = random.integer(bytes.length + 1);
    const length = random.integer(Math.min(400, bytes.length - at + 1));
    const [before, piece, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ];
    const ways: (() => Buffer)[] = [
      () => bytes.subarray(0, at),
      () => Buffer.concat([before, after]),
      () => Buffer.concat([before, piece, piece, piece, after]),
      () => Buffer.concat([before, random.bytes(random.integer(64)), after]),
      () => Buffer.concat([before, Buffer.alloc(length), after]),
      () => Buffer.concat([before, other.subarray(random.integer(other.length))]),
      () => Buffer.from(bytes.map((byte) => (random.chance(0.01) ? byte ^ (1 << random.integer(8)) : byte))),
      () => random.bytes(random.integer(2000)),
    ];
    bytes = random.pick(ways)();
  }
  return bytes;
}

/** Pieces that parsers of text stumble over. */
const tokens = [
  '"',
  '""',
  "'",
  ';',
  ',',
  '\t',
  '\r',
  '\n',
  '\0',
  '\ufeff',
  '{',
  '}',
  '[',
  ']',
  '[[',
  '1e999',
  '-1e999',
  'NaN',
  'null',
  '"\\ud800"',
  '\\u0000',
  '99999999999999999999',
  '"coordinates":',
  '"type":"Polygon"',
  '"__proto__":',
  '=1+1',
  '</v>',
  '<v>',
  '&#0;',
  '&#x10FFFF;',
  '&amp',
  '<![CDATA[',
  '<!--',
  'r="XFD1048576"',
  'r="A99999999999"',
  's="99999"',
  't="s"',
  'x'.repeat(3000),
  '\u202e',
  'ệ'.normalize('NFD'),
];

function breakText(random: SeededRandom, seed: Buffer): Buffer {
  let text = seed.toString('utf8');
  for (let i = 0; i <= random.integer(8); i++) {
    const at = random.integer(text.length);
    const cut = random.chance(0.5) ? random.integer(20) : 0;
    text = text.slice(0, at) + random.pick(tokens) + text.slice(at + cut);
  }
  return Buffer.from(text);
}

function breakWorkbook(random: SeededRandom, workbook: ZipEntry[]): Omit<HostileFile, 'desk'> {
  const part = random.integer(workbook.length);
  const entries = workbook
    .map((entry, i) => (i === part ? { ...entry, data: breakText(random, entry.data) } : entry))
    .filter(() => !random.chance(0.03));
  if (random.chance(0.1))
    entries.push({
      name: random.pick(['../x.xml', '/x', 'xl/workbook.xml', 'mimetype', 'EncryptedPackage']),
      data: random.bytes(20),
    });
  const bytes = zipArchive(entries);
  const broken = random.chance(0.1) ? breakBytes(random, bytes, bytes) : bytes;
  return {
    what: `workbook with ${workbook[part]?.name} broken`,
    name: 'thang.xlsx',
    make: () => broken,
  };
}
