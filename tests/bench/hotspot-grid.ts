/**
 * Hot spots of a whole province: Gi* of 20,000 hexagons (resolution 9) in each of 60 months and the labels of all of them,
 * against the same scores by R's spdep (`localG` on neighbour lists with self) in the same run. Seeded counts.
 * Prints times and ratios; fails when it takes 2 s or more, is slower than spdep, or when a score differs by more than 1e-6.
 * Usage: npm run bench -- hotspot-grid      The peer needs R with spdep (Debian: r-base-core r-cran-spdep);
 * RSCRIPT names its Rscript when it is not on the path.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellOf, classifyGrid, giStarZ, hexGrid } from '@diemnong/analysis';
import { gridDisk } from 'h3-js';

const cellCount = 20_000;
const months = 60;
const limitMs = 2000;
const peerInR = `
suppressMessages(library(spdep))
directory <- commandArgs(TRUE)[1]
read <- function(name, what, size) {
  path <- file.path(directory, name)
  readBin(path, what, n = file.size(path) / size, size = size)
}
start <- read("start", "integer", 4)
links <- read("neighbours", "integer", 4) + 1L
n <- length(start) - 1
counts <- matrix(read("counts", "double", 8), nrow = n)
begun <- proc.time()[["elapsed"]]
nb <- lapply(seq_len(n), function(i) sort(c(i, links[seq_len(start[i + 1] - start[i]) + start[i]])))
class(nb) <- "nb"
attr(nb, "region.id") <- as.character(seq_len(n))
attr(nb, "self.included") <- TRUE
weights <- nb2listw(nb, style = "B")
lists <- proc.time()[["elapsed"]] - begun
z <- matrix(0, n, ncol(counts))
seconds <- replicate(5, {
  begun <- proc.time()[["elapsed"]]
  for (month in seq_len(ncol(counts))) z[, month] <<- as.numeric(localG(counts[, month], weights))
  proc.time()[["elapsed"]] - begun
})
writeBin(as.vector(z), file.path(directory, "z"))
cat(sprintf('{"version":"%s","lists":%f,"localG":[%s]}', packageVersion("spdep"), lists,
  paste(sprintf("%f", seconds), collapse = ",")), file = file.path(directory, "times"))
`;
const cells = gridDisk(cellOf(106.3, 20.6, 9), 82).slice(0, cellCount);
const counts = drawCounts(20_261_121);

console.log(`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
const first = runOurs();
const runs = Array.from({ length: 9 }, runOurs);
const grid = summaryOf(runs.map(({ gridMs }) => gridMs));
const scores = summaryOf(runs.map(({ scoresMs }) => scoresMs));
const labels = summaryOf(runs.map(({ labelsMs }) => labelsMs));
const whole = summaryOf(runs.map(({ gridMs, scoresMs, labelsMs }) => gridMs + scoresMs + labelsMs));
const firstMs = first.gridMs + first.scoresMs + first.labelsMs;
const labelled = first.labels.filter((label) => label !== 'none').length;
console.log(`${cellCount} cells × ${months} months, ${first.grid.neighbours.length} links, ${labelled} cells labelled`);
console.log(`neighbours from H3 rings: ${grid.text}`);
console.log(`Gi* of all months:        ${scores.text}`);
console.log(`17 labels of all cells:   ${labels.text}`);
console.log(
  `all of it:                ${whole.text}; the first, cold run ${firstMs.toFixed(0)} ms (limit ${limitMs} ms)`,
);
if (Math.max(firstMs, whole.mean) >= limitMs) fail('too slow');
measurePeer();

function runOurs() {
  const t0 = performance.now();
  const grid = hexGrid(cells);
  const t1 = performance.now();
  const z = new Float64Array(cellCount * months);
  const step = new Float64Array(cellCount);
  for (let month = 0; month < months; month++) {
    giStarZ(counts.subarray(month * cellCount, (month + 1) * cellCount), grid, undefined, step);
    for (let cell = 0; cell < cellCount; cell++) z[cell * months + month] = step[cell] ?? Number.NaN;
  }
  const t2 = performance.now();
  const { labels } = classifyGrid(z, months);
  const t3 = performance.now();
  return { grid, z, labels, gridMs: t1 - t0, scoresMs: t2 - t1, labelsMs: t3 - t2 };
}

function measurePeer(): void {
  const directory = mkdtempSync(join(tmpdir(), 'hotspot-grid-'));
  try {
    const at = (name: string) => join(directory, name);
    writeFileSync(at('counts'), counts);
    writeFileSync(at('start'), first.grid.start);
    writeFileSync(at('neighbours'), first.grid.neighbours);
    writeFileSync(at('peer.R'), peerInR);
    const begun = performance.now();
    const { status, stderr, error } = spawnSync(
      process.env.RSCRIPT ?? 'Rscript',
      ['--vanilla', at('peer.R'), directory],
      {
        encoding: 'utf8',
      },
    );
    const startedMs = performance.now() - begun;
    if (error !== undefined || status !== 0) {
      console.log(
        `left out: the peer needs Rscript with spdep (${error?.message ?? stderr.trim().split('\n').at(-1)})`,
      );
      return;
    }
    const times = JSON.parse(readFileSync(at('times'), 'utf8')) as { version: string; lists: number; localG: number[] };
    const peer = summaryOf(times.localG.map((seconds) => seconds * 1000));
    console.log(`spdep ${times.version}, localG of all months: ${peer.text}`);
    // The process ran localG several times over; one is needed.
    const wholeMs = startedMs - times.localG.slice(1).reduce((sum, seconds) => sum + seconds * 1000, 0);
    console.log(
      `spdep, with start of R, reading, lists (${times.lists.toFixed(2)} s) and writing: ${wholeMs.toFixed(0)} ms`,
    );
    console.log(`ratio: Gi* alone ${(peer.mean / scores.mean).toFixed(1)} times as fast as localG`);
    console.log(
      `ratio: with neighbours and labels, which spdep does not make, ${(wholeMs / whole.mean).toFixed(1)} times as fast as R's whole`,
    );
    if (peer.min < scores.mean) fail('slower than spdep');
    compareScores(readFileSync(at('z')));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function compareScores(bytes: Buffer): void {
  const theirs = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
  let worst = 0;
  for (let month = 0; month < months; month++)
    for (let cell = 0; cell < cellCount; cell++) {
      const difference = Math.abs(
        (theirs[month * cellCount + cell] ?? Number.NaN) - (first.z[cell * months + month] ?? 0),
      );
      // A score that is missing on either side is a difference too.
      worst = difference <= worst ? worst : Number.isNaN(difference) ? Infinity : difference;
    }
  console.log(`largest difference of ${theirs.length} scores: ${worst.toExponential(1)}`);
  if (theirs.length !== cellCount * months || worst > 1e-6) fail('the scores differ');
}

/** Uneven places with 40 hot spots, cell by cell within month by month. */
function drawCounts(seed: number): Float64Array {
  const random = seeded(seed);
  const level = cells.map(() => 0.6 * random() ** 3);
  for (let spot = 0; spot < 40; spot++) {
    const centre = cells[Math.floor(random() * cellCount)];
    const near = new Set(centre === undefined ? [] : gridDisk(centre, 2));
    cells.forEach((cell, i) => {
      if (near.has(cell)) level[i] = (level[i] ?? 0) + 1.5;
    });
  }
  return Float64Array.from({ length: cellCount * months }, (_, i) => poisson(level[i % cellCount] ?? 0, random));
}

/** Knuth, TAOCP 2, 3.4.1; for small means. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

function summaryOf(ms: number[]): { min: number; mean: number; text: string } {
  const mean = ms.reduce((sum, value) => sum + value, 0) / ms.length;
  const deviation = Math.sqrt(ms.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (ms.length - 1));
  const min = Math.min(...ms);
  return {
    min,
    mean,
    text: `min ${min.toFixed(0)} ms, mean ${mean.toFixed(0)} ± ${deviation.toFixed(0)} ms of ${ms.length}`,
  };
}

function fail(why: string): void {
  console.error(why);
  process.exitCode = 1;
}

/** mulberry32 (Tommy Ettinger, public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
