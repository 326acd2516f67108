/** A zipped Shapefile's parts by hand (ESRI, "Shapefile Technical Description", 1998): one square, with its code and name. */
export function shapefileParts(name: string): { name: string; data: Buffer }[] {
  const points = [
    [106, 20.6],
    [106, 20.7],
    [106.1, 20.7],
    [106.1, 20.6],
    [106, 20.6],
  ];
  const box = [106, 20.6, 106.1, 20.7];
  const content = Buffer.alloc(44 + 4 + 16 * points.length);
  content.writeInt32LE(5, 0); // polygon
  box.forEach((value, i) => content.writeDoubleLE(value, 4 + 8 * i));
  content.writeInt32LE(1, 36);
  content.writeInt32LE(points.length, 40);
  content.writeInt32LE(0, 44);
  points.flat().forEach((value, i) => content.writeDoubleLE(value, 48 + 8 * i));
  const record = Buffer.alloc(8);
  record.writeInt32BE(1, 0);
  record.writeInt32BE(content.length / 2, 4);
  const index = Buffer.alloc(8);
  index.writeInt32BE(50, 0);
  index.writeInt32BE(content.length / 2, 4);
  return [
    { name: `${name}.shp`, data: Buffer.concat([header(100 + 8 + content.length, box), record, content]) },
    { name: `${name}.shx`, data: Buffer.concat([header(108, box), index]) },
    { name: `${name}.dbf`, data: table() },
    {
      name: `${name}.prj`,
      data: Buffer.from(
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]',
      ),
    },
  ];
}

function header(bytes: number, box: number[]): Buffer {
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE(bytes / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(5, 32);
  box.forEach((value, i) => head.writeDoubleLE(value, 36 + 8 * i));
  return head;
}

/** dBASE III with two text columns and one row. */
function table(): Buffer {
  const fields = [
    { name: 'ma_xa', length: 10, value: '90001' },
    { name: 'ten_xa', length: 20, value: 'An Hoa' },
  ];
  const rowLength = 1 + fields.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.alloc(32 + 32 * fields.length + 1);
  head.writeUInt8(3, 0);
  head.writeUInt32LE(1, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(rowLength, 10);
  fields.forEach(({ name, length }, i) => {
    head.write(name, 32 + 32 * i, 'latin1');
    head.write('C', 32 + 32 * i + 11, 'latin1');
    head.writeUInt8(length, 32 + 32 * i + 16);
  });
  head.writeUInt8(13, head.length - 1);
  return Buffer.concat([
    head,
    Buffer.from(` ${fields.map(({ value, length }) => value.padEnd(length)).join('')}\x1a`, 'latin1'),
  ]);
}
