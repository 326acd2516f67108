type Ring = readonly (readonly [number, number])[];

/** Test data: polygons of [outer ring, holes…] as the well-known binary that ST_AsBinary(…, 'NDR') gives. Rings are closed. */
export function multiPolygonWkb(polygons: readonly (readonly Ring[])[]): Uint8Array {
  return wkb(6, [count(polygons), ...polygons.map((rings) => wkb(3, [count(rings), ...rings.map(points)]))]);
}

export function multiLineStringWkb(lines: readonly Ring[]): Uint8Array {
  return wkb(5, [count(lines), ...lines.map((line) => wkb(2, [points(line)]))]);
}

export function pointWkb(place: readonly [number, number]): Uint8Array {
  return wkb(1, [doubles(place)]);
}

function wkb(type: number, parts: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(type, 1);
  return Buffer.concat([head, ...parts]);
}

function points(ring: Ring): Uint8Array {
  return Buffer.concat([count(ring), doubles(ring.flat())]);
}

function count(items: readonly unknown[]): Uint8Array {
  return Buffer.from(Uint32Array.of(items.length).buffer);
}

function doubles(values: readonly number[]): Uint8Array {
  return Buffer.from(Float64Array.from(values).buffer);
}
