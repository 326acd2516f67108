import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileRefusal } from './file-refusal.ts';
import { openRowSource, type Row, type RowSource } from './row-source.ts';
import { isDateFormat } from './workbook.ts';
import { attribute, createXmlScanner } from './xml-scanner.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xlsx-source-'));
  file = join(folder, 'file.xlsx');
});
afterAll(() => rm(folder, { recursive: true }));

async function all(source: RowSource): Promise<Row[]> {
  const rows = [];
  for await (const chunk of source.rows()) rows.push(...chunk);
  await source.close();
  return rows;
}
async function openBook(fill: (book: ExcelJS.Workbook) => void, sheet?: string): Promise<RowSource> {
  const book = new ExcelJS.Workbook();
  fill(book);
  await book.xlsx.writeFile(file);
  return openRowSource(file, { fileName: 'file.xlsx', sheet });
}
const outcome = (promise: Promise<RowSource>) =>
  promise
    .then(all)
    .catch((error: unknown) => (error instanceof FileRefusal ? `${error.code}: ${error.reason}` : error));

const heading = ['Số hồ sơ', 'Loại vụ việc', 'Ngày xảy ra', 'Kinh độ', 'Vĩ độ'];

describe('openXlsxSource', () => {
  it('reads an office sheet: merged title, dates, numbers as text, formulas, errors, empty rows below', async () => {
    const source = await openBook((book) => {
      const cover = book.addWorksheet('Bìa');
      cover.addRow(['Báo cáo tháng 10']);
      const sheet = book.addWorksheet('Vụ việc');
      sheet.mergeCells('A1:E1');
      sheet.getCell('A1').value = 'BÁO CÁO THÁNG 10';
      sheet.getRow(3).values = heading;
      sheet.getRow(4).values = ['A1', 'Trộm', new Date(Date.UTC(2025, 9, 31, 14, 30)), 106.1, '20,5'];
      sheet.getCell('C4').numFmt = 'dd/mm/yyyy hh:mm';
      sheet.getRow(5).values = [
        7,
        { richText: [{ text: 'Cướp ' }, { text: 'giật' }] },
        '01/11/2025',
        true,
        { error: '#N/A' } as never,
      ];
      sheet.getRow(6).values = [
        'A3',
        'x & <y> "z"',
        45961,
        { formula: 'A1*2', result: 106.3 },
        { formula: '"a"', result: 'chữ' },
      ];
      for (let i = 7; i < 40; i++) sheet.getRow(i).values = ['', null];
      sheet.getCell('XFD4').value = 'lạc';
    });
    expect([source.format, source.sheet, source.sheets]).toEqual(['xlsx', 'Vụ việc', ['Bìa', 'Vụ việc']]);
    expect([source.headings, source.headingRow]).toEqual([heading, 3]);
    const rows = await all(source);
    expect(rows).toEqual([
      { rowNumber: 4, cells: ['A1', 'Trộm', new Date(Date.UTC(2025, 9, 31, 14, 30)), 106.1, '20,5'] },
      { rowNumber: 5, cells: [7, 'Cướp giật', '01/11/2025', true] },
      { rowNumber: 6, cells: ['A3', 'x & <y> "z"', 45961, 106.3, 'chữ'] },
    ]);
    expect(source.samples).toEqual(rows);
    expect(source.warnings).toMatchObject([{ code: 'other', rows: 1, sampleRows: [5] }]);
    expect(source.progress()).toBe(1);
  });
  it('reads the sheet asked for, and names the sheets when there is none of that name', async () => {
    const fill = (book: ExcelJS.Workbook) => {
      for (const name of ['Tháng 9', 'Tháng 10']) book.addWorksheet(name).addRows([heading, [name, 'a', 'b', 1, 2]]);
    };
    expect((await all(await openBook(fill, 'Tháng 10')))[0]?.cells[0]).toBe('Tháng 10');
    await expect(openBook(fill, 'Tháng 11')).rejects.toMatchObject({
      message: 'Không có trang tính "Tháng 11". Tệp có: "Tháng 9", "Tháng 10".',
    });
  });
  it('reads the 1904 date system', async () => {
    const source = await openBook((book) => {
      book.properties.date1904 = true;
      const sheet = book.addWorksheet('a');
      sheet.addRows([heading, ['A1', 'x', new Date(Date.UTC(2025, 9, 31)), 1, 2]]);
      sheet.getCell('C2').numFmt = 'dd/mm/yyyy';
    });
    expect(source.date1904).toBe(true);
    expect((await all(source))[0]?.cells[2]).toEqual(new Date(Date.UTC(2025, 9, 31)));
  });
  it('streams a large workbook written as a stream (data descriptors, strings at the end)', async () => {
    const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: createWriteStream(file), useSharedStrings: true });
    const sheet = book.addWorksheet('a');
    sheet.addRow(heading).commit();
    for (let i = 0; i < 12_000; i++) sheet.addRow([`A${i}`, 'Trộm', '31/10/2025', 106.1, i]).commit();
    await book.commit();
    const source = await openRowSource(file, { fileName: 'x.xlsx' });
    const rows = await all(source);
    expect(rows.length).toBe(12_000);
    expect(rows[11_999]).toEqual({ rowNumber: 12_001, cells: ['A11999', 'Trộm', '31/10/2025', 106.1, 11_999] });
  });
  it('no row is read ahead of the one who takes them', async () => {
    const source = await openBook((book) => {
      book
        .addWorksheet('a')
        .addRows([heading, ...Array.from({ length: 30_000 }, (_, i) => [`A${i}`, `${i}${'x'.repeat(20)}`, 1, 2, i])]);
    });
    const rows = source.rows()[Symbol.asyncIterator]();
    await rows.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(source.progress()).toBeLessThan(0.5);
    await rows.return?.();
    await source.close();
  });
});

describe('refusals', () => {
  it('an empty workbook', async () => {
    expect(await outcome(openBook((book) => book.addWorksheet('a')))).toBe('unprocessable: empty');
  });
  it.each<[string, [string, Buffer | string][], string]>([
    ['a zip that is no workbook', [['a.txt', 'x']], 'unprocessable: not_a_workbook'],
    ['an OpenDocument sheet', [['mimetype', 'application/vnd.oasis.opendocument.spreadsheet']], 'unprocessable: ods'],
    ['a binary workbook', [['xl/workbook.bin', 'x']], 'unprocessable: xlsb'],
    ['a bomb of zeros', [['xl/workbook.xml', Buffer.alloc(40_000_000)]], 'too_large: bomb'],
    ['6,000 entries', Array.from({ length: 6000 }, (_, i): [string, string] => [`a${i}`, '']), 'too_large: bomb'],
    ['a name that climbs out', [['../../etc/passwd', 'x']], 'unprocessable: damaged'],
    [
      'one name twice',
      [
        ['xl/workbook.xml', 'x'],
        ['xl/workbook.xml', 'y'],
      ],
      'unprocessable: damaged',
    ],
    [
      'entity expansion',
      [['xl/workbook.xml', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>']],
      'unprocessable: unsafe_xml',
    ],
  ])('%s', async (_, entries, expected) => {
    await writeFile(file, zipOf(entries));
    expect(await outcome(openRowSource(file, { fileName: 'x.xlsx' }))).toBe(expected);
  });
  it('an encrypted entry, a lying size, a file cut short, bytes turned over', async () => {
    const zip = zipOf([['xl/workbook.xml', '<workbook/>']]);
    const central = zip.indexOf(Buffer.from('504b0102', 'hex'));
    const encrypted = Buffer.from(zip);
    encrypted.writeUInt16LE(1, central + 8);
    await writeFile(file, encrypted);
    expect(await outcome(openRowSource(file, { fileName: 'x.xlsx' }))).toBe('unprocessable: encrypted');

    const lying = zipOf([['xl/workbook.xml', Buffer.alloc(100_000, '<a/>')]]);
    lying.writeUInt32LE(50, lying.indexOf(Buffer.from('504b0102', 'hex')) + 24);
    await writeFile(file, lying);
    expect(await outcome(openRowSource(file, { fileName: 'x.xlsx' }))).toBe('unprocessable: damaged');

    await openBook((book) => book.addWorksheet('a').addRows([heading, ['A1', 'x', 'y', 1, 2]])).then((source) =>
      source.close(),
    );
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at += 97) {
      const broken = Buffer.from(whole);
      broken.writeUInt8(broken.readUInt8(at) ^ 0x5a, at);
      for (const content of [broken, whole.subarray(0, at)]) {
        await writeFile(file, content);
        const result = await outcome(openRowSource(file, { fileName: 'x.xlsx' }));
        // Either read (the byte was in a date of the archive, say) or refused with a reason: never another error.
        expect(typeof result === 'string' || Array.isArray(result) ? 'told' : result).toBe('told');
      }
    }
  });
});

/** The parts of a workbook with one sheet, for what no program writes. */
const bookOf = (sheet: string, strings = ''): [string, string][] => [
  [
    '_rels/.rels',
    '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  ],
  ['xl/workbook.xml', '<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="a.xml"/>
     <Relationship Id="r2" Type="x/sharedStrings" Target="s.xml"/>
     <Relationship Id="r3" Type="x/externalLink" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`,
  ],
  ['xl/a.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`],
  ['xl/s.xml', `<sst>${strings}</sst>`],
];
const rowOf = (number: string, values: readonly string[]) =>
  `<row r="${number}">${values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`;
const headingRow = rowOf('1', heading);
const openParts = async (entries: [string, Buffer | string][]) => {
  await writeFile(file, zipOf(entries));
  return openRowSource(file, { fileName: 'x.xlsx' });
};

describe('hostile workbooks', () => {
  it('row numbers that repeat, fall or are none still name one row each', async () => {
    const numbers = ['5', '5', '2', '7.5', 'x', '-1'];
    const rows = await all(
      await openParts(bookOf(headingRow + numbers.map((number) => rowOf(number, ['a', 'b'])).join(''))),
    );
    expect(rows.map(({ rowNumber }) => rowNumber)).toEqual([5, 6, 7, 8, 9, 10]);
  });
  it('a row, a cell or a text beyond every limit is refused', async () => {
    const endless = `<row r="2"><c t="inlineStr"><is><t>${`${'a'.repeat(500_000)}<b/>`.repeat(4)}</t></is></c></row>`;
    expect(await outcome(openParts(bookOf(headingRow + endless)))).toBe('too_large: bomb');
    expect(await outcome(openParts(bookOf(headingRow + rowOf('1e9', ['a', 'b']))))).toBe('unprocessable: damaged');
    const strings = `<si><t>${`${'a'.repeat(500_000)}<b/>`.repeat(4)}</t></si>`;
    expect(await outcome(openParts(bookOf(headingRow, strings)))).toBe('too_large: bomb');
  });
  it('cells with impossible names are passed over', async () => {
    const cells = ['1', 'ZZZZZZZZZZZZ1', '$', 'B2'].map((name) => `<c r="${name}"><v>1</v></c>`);
    expect(await all(await openParts(bookOf(`${headingRow}<row r="2">${cells.join('')}</row>`)))).toEqual([
      { rowNumber: 2, cells: [null, 1] },
    ]);
  });
  it('entries that share their bytes are a bomb, though no ratio is high', async () => {
    const parts = bookOf(
      headingRow +
        rowOf(
          '2',
          Array.from({ length: 400 }, (_, i) => `x${i * 7919}`),
        ),
    );
    expect(await outcome(openParts(parts))).toEqual([expect.anything()]);
    const shared = zipOf(parts);
    // Every entry of the directory is pointed at the largest one's bytes: header, size, packed size.
    const directory = shared.indexOf(Buffer.from('504b0102', 'hex'));
    const largest = shared.indexOf(Buffer.from('504b0304', 'hex'), shared.indexOf('xl/a.xml') - 40);
    for (let at = directory, end = shared.length - 22; at < end; at += 46 + shared.readUInt16LE(at + 28)) {
      shared.copy(shared, at + 16, largest + 14, largest + 26);
      shared.writeUInt32LE(largest, at + 42);
    }
    await writeFile(file, shared);
    expect(await outcome(openRowSource(file, { fileName: 'x.xlsx' }))).toBe('too_large: bomb');
  });
});

/** A zip archive made by hand (PKWARE APPNOTE 4.3), so that it may be wrong. */
function zipOf(entries: [string, Buffer | string][]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(raw.length, 8);
    const head = Buffer.from('1400000008000000 0000'.replace(' ', ''), 'hex');
    const nameLength = Buffer.alloc(4);
    nameLength.writeUInt16LE(Buffer.byteLength(name));
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, sizes, nameLength, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(
      Buffer.concat([Buffer.from('504b01021400', 'hex'), head, sizes, nameLength, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

describe('XML and formats', () => {
  it('the scanner gives the same events however the text is cut', () => {
    const xml = `<?xml version="1.0"?><x:a r="1>2" s='"'><!-- <b> --><b/>t&amp;u &#7897;<![CDATA[<c>&amp;]]></x:a>`;
    for (let size = 1; size <= xml.length; size++) {
      const events: string[] = [];
      let text = '';
      const push = createXmlScanner({
        wantsText: true,
        open: (name, attributes) => events.push(`<${name} ${attribute(attributes, 'r')}|${attribute(attributes, 's')}`),
        text: (piece) => (text += piece),
        close: (name) => events.push(`>${name}`),
      });
      for (let i = 0; i < xml.length; i += size) push(xml.slice(i, i + size));
      expect([events, text]).toEqual([['<a 1>2|"', '<b |', '>b', '>a'], 't&u ộ<c>&amp;']);
    }
  });
  it('attribute finds by local name, not by part of a name', () => {
    expect(attribute(' sheetId="3" r:id = "rId7"', 'id')).toBe('rId7');
    expect(attribute(' spans="1:5" s="2"', 's')).toBe('2');
    expect(attribute(' a="1"', 'b')).toBe('');
  });
  it('tells date formats from number formats', () => {
    for (const format of [
      'dd/mm/yyyy',
      'd-m-yy h:mm',
      '[$-42A]dd mmmm yyyy;@',
      '[h]:mm:ss',
      'hh:mm:ss.000',
      'm/d/yyyy h:mm AM/PM',
    ]) {
      expect([format, isDateFormat(format)]).toEqual([format, true]);
    }
    for (const format of ['General', '0.00', '#,##0 "đồng"', '[Red]0.0', '0.00E+00', '@', '#,##0\\ "d"', '0%']) {
      expect([format, isDateFormat(format)]).toEqual([format, false]);
    }
  });
});
