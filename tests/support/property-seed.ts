import fc from 'fast-check';

// Property tests draw the same cases on every machine: a rare case is found by looking for it (FC_SEED, FC_RUNS), not by luck in
// somebody's build.
const { FC_SEED, FC_RUNS } = process.env;
fc.configureGlobal({
  seed: Number(FC_SEED ?? 20_261_122),
  ...(FC_RUNS === undefined ? {} : { numRuns: Number(FC_RUNS) }),
});
