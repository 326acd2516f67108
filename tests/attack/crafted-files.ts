import { crc32, gzipSync } from 'node:zlib';
import { shapefileParts } from '../support/shapefile.ts';
import { type ZipEntry, zipArchive } from '../support/zip-archive.ts';
import { boundaries, csv, geoJson, type HostileFile } from './hostile-files.ts';

const megabytes = 1024 * 1024;

/** Made by hand, each with one idea. `canary` is an address that nobody may ask. */
export function craftFiles(workbook: ZipEntry[], canary: string, largeMegabytes = 100): HostileFile[] {
  const large = largeMegabytes * megabytes;
  const withPart = (name: string, change: (text: string) => string): Buffer =>
    zipArchive(
      workbook.map((entry) =>
        entry.name === name ? { name, data: Buffer.from(change(entry.data.toString('utf8'))) } : entry,
      ),
    );
  const sheet = workbook.find(({ name }) => /worksheets\/sheet\d+\.xml$/.test(name))?.name ?? '';
  const blanks = () => Buffer.alloc(large, 0x20);
  const entity = (declarations: string) => (text: string) =>
    text.replace(/^(<\?xml[^>]*>)?/, `$1<!DOCTYPE x [${declarations}]>`).replace('HS-1', '&a;');
  const cells = (attributes: string) => (text: string) => text.replace(/r="B2"/, attributes);
  const workbooks: Record<string, () => Buffer> = {
    'a sheet of blanks': () =>
      withPart(sheet, (text) => text.replace('</sheetData>', `${' '.repeat(large)}</sheetData>`)),
    'shared texts of blanks': () =>
      withPart('xl/sharedStrings.xml', (text) => text.replace('</sst>', `<si><t>${' '.repeat(large)}</t></si></sst>`)),
    'three million shared texts': () =>
      withPart('xl/sharedStrings.xml', (text) =>
        text.replace('</sst>', `${'<si><t>a</t></si>'.repeat(3_100_000)}</sst>`),
      ),
    'a size that lies: small': () =>
      zipArchive(workbook.map((entry) => (entry.name === sheet ? { ...entry, data: blanks(), claims: 1000 } : entry))),
    'a size that lies: large': () =>
      zipArchive(workbook.map((entry) => (entry.name === sheet ? { ...entry, claims: 0xffff_fff0 } : entry))),
    'ten thousand parts': () =>
      zipArchive([
        ...workbook,
        ...Array.from({ length: 10_000 }, (_, i) => ({ name: `x/${i}`, data: Buffer.from('x') })),
      ]),
    'a workbook in a workbook in a workbook': () =>
      zipArchive([
        { name: 'xl/workbook.xml', data: zipArchive([{ name: 'xl/workbook.xml', data: zipArchive(workbook) }]) },
      ]),
    'the same part twice': () => zipArchive([...workbook, ...workbook]),
    'entities that grow a million times': () =>
      withPart(
        'xl/sharedStrings.xml',
        entity(
          Array.from(
            { length: 10 },
            (_, i) => `<!ENTITY ${'abcdefghij'[9 - i]} "${i === 0 ? 'lol' : `&${'abcdefghij'[10 - i]};`.repeat(10)}">`,
          ).join(''),
        ),
      ),
    'an entity of a file': () => withPart('xl/sharedStrings.xml', entity('<!ENTITY a SYSTEM "file:///etc/passwd">')),
    'an entity of another server': () =>
      withPart('xl/sharedStrings.xml', entity(`<!ENTITY a SYSTEM "${canary}/entity">`)),
    'a DTD of another server': () =>
      withPart('xl/workbook.xml', (text) => text.replace(/^(<\?xml[^>]*>)?/, `$1<!DOCTYPE x SYSTEM "${canary}/dtd">`)),
    'a sheet of another server': () =>
      withPart('xl/_rels/workbook.xml.rels', (text) =>
        text.replace(/Target="worksheets[^"]*"/, `Target="${canary}/sheet" TargetMode="External"`),
      ),
    'a sheet outside the archive': () =>
      withPart('xl/_rels/workbook.xml.rels', (text) =>
        text.replace(/Target="worksheets[^"]*"/, 'Target="../../../../etc/passwd"'),
      ),
    'a cell at the end of the sheet': () => withPart(sheet, cells('r="XFD1048576"')),
    'a cell beyond the end of the sheet': () => withPart(sheet, cells('r="ZZZZZZ99999999999"')),
    'a text that is not there': () => withPart(sheet, (text) => text.replace(/<v>\d+<\/v>/g, '<v>999999999</v>')),
    'a hundred thousand columns': () =>
      withPart(sheet, (text) =>
        text.replace('</row>', `${'<c t="inlineStr"><is><t>x</t></is></c>'.repeat(100_000)}</row>`),
      ),
    'a million styles': () =>
      withPart('xl/styles.xml', (text) =>
        text.replace('</cellXfs>', `${'<xf numFmtId="14"/>'.repeat(800_000)}</cellXfs>`),
      ),
    'tags a hundred thousand deep': () =>
      withPart(sheet, (text) => text.replace('<sheetData>', `<sheetData>${'<a>'.repeat(100_000)}`)),
    'half a workbook': () => zipArchive(workbook).subarray(0, 3000),
    'nothing but the end of an archive': () => Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1'),
    'an archive that begins in itself': () => overlapping(),
  };
  const texts: Record<string, [string, () => Buffer]> = {
    'a line without end': ['x.csv', () => Buffer.concat([Buffer.from(`${csv}\r\n`), Buffer.alloc(large, 0x61)])],
    'a quote that never closes': ['x.csv', () => Buffer.from(`${csv}\r\n"${'x\r\n'.repeat(200_000)}`)],
    'two hundred thousand columns': [
      'x.csv',
      () => Buffer.from(`${'a;'.repeat(200_000)}\r\n${'1;'.repeat(200_000)}\r\n`),
    ],
    'a heading that repeats': ['x.csv', () => Buffer.from(`${'Kinh độ;'.repeat(500)}\r\n1;2\r\n`)],
    'only ends of lines': ['x.csv', () => Buffer.from('\r\n'.repeat(1_000_000))],
    'only zeros': ['x.csv', () => Buffer.alloc(5 * megabytes)],
    'an empty file': ['x.csv', () => Buffer.alloc(0)],
    'half of UTF-16': [
      'x.csv',
      () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le').subarray(0, 1001)]),
    ],
    'gzip of nothing': ['x.csv.gz', () => gzipSync(Buffer.alloc(3 * large))],
    'gzip in gzip in gzip': ['x.csv.gz', () => gzipSync(gzipSync(gzipSync(csv)))],
    'half of gzip': ['x.csv.gz', () => gzipSync(csv).subarray(0, 300)],
    'brackets a million deep': [
      'x.geojson',
      () => Buffer.from(`{"type":"FeatureCollection","features":${'['.repeat(1_000_000)}`),
    ],
    'coordinates a hundred thousand deep': [
      'x.geojson',
      () => Buffer.from(geoJson.replace('[106.0512,20.6465]', `${'['.repeat(100_000)}1${']'.repeat(100_000)}`)),
    ],
    'a feature without end': ['x.geojson', () => Buffer.from(geoJson.replace('HS-1', 'x'.repeat(large)))],
    'a prototype for a property': ['x.geojson', () => Buffer.from(geoJson.replaceAll('"Số hồ sơ"', '"__proto__"'))],
    'XML that calls itself a workbook': [
      'x.xlsx',
      () => Buffer.from(`<?xml version="1.0"?><!DOCTYPE x SYSTEM "${canary}/x">`),
    ],
    'old Excel': ['x.xls', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)])],
    'a file of an executable': [
      'x.csv',
      () => Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(10_000, 1)]),
    ],
  };
  const square = shapefileParts('xa');
  const shape = (change: (entries: ZipEntry[]) => ZipEntry[]) => zipArchive(change(square));
  const hugeCount = Buffer.from(square[0]?.data ?? []);
  hugeCount.writeInt32LE(2_000_000_000, 100 + 8 + 40);
  const borders: Record<string, [string, () => Buffer]> = {
    'a Shapefile that leads out': [
      'x.zip',
      () => shape((entries) => entries.map((entry) => ({ ...entry, name: `../../${entry.name}` }))),
    ],
    'a Shapefile with two thousand million points': [
      'x.zip',
      () => shape(([, ...rest]) => [{ name: 'xa.shp', data: hugeCount }, ...rest]),
    ],
    'a table of blanks': [
      'x.zip',
      () =>
        shape((entries) =>
          entries.map((entry) =>
            entry.name.endsWith('.dbf')
              ? { ...entry, data: Buffer.concat([entry.data, blanks(), blanks(), blanks()]) }
              : entry,
          ),
        ),
    ],
    'a GeoPackage that is none': [
      'x.gpkg',
      () => Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4096, 7)]),
    ],
    'a border of NaN': ['x.geojson', () => Buffer.from(boundaries.replaceAll('106', '1e999'))],
  };
  return [
    ...Object.entries(workbooks).map(
      ([what, make]): HostileFile => ({ what, name: 'x.xlsx', make, desk: 'incidents' }),
    ),
    ...Object.entries(texts).map(([what, [name, make]]): HostileFile => ({ what, name, make, desk: 'incidents' })),
    ...Object.entries(borders).map(([what, [name, make]]): HostileFile => ({ what, name, make, desk: 'boundaries' })),
  ];
}

/** Hundreds of entries whose directory points at one and the same kilobyte (David Fifield, "A better zip bomb", 2019). */
function overlapping(): Buffer {
  const one = zipArchive([{ name: 'xl/workbook.xml', data: Buffer.alloc(10 * megabytes) }]);
  const directoryAt = one.readUInt32LE(one.length - 6);
  const entry = one.subarray(directoryAt, one.length - 22);
  const entries = Array.from({ length: 400 }, (_, i) => {
    const copy = Buffer.from(entry);
    copy.write(`xl/workbook.x${String(i).padStart(2, '0').slice(-2)}`, 46, 'latin1');
    copy.writeUInt32LE(crc32(copy), 16);
    return copy;
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.from(one.subarray(one.length - 22));
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  return Buffer.concat([one.subarray(0, directoryAt), directory, end]);
}
