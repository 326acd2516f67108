import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What `npm test` sums up of a run: how many tests passed, and each failure with the place it belongs to. */
export type FailureReport = { passed: number; failures: string[] };

/** Of the reason for a failure. */
const mostLetters = 600;

/**
 * Writes a `FailureReport` to the file in FAILURE_REPORT. Vitest's own JSON report tells of failed tests alone; a set-up that
 * failed, a file that could not be read, a worker that died and an error outside all tests are failures too, with a name.
 */
export default class FailureReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly { name?: string; message: string }[]): void {
    const file = process.env.FAILURE_REPORT;
    if (file === undefined) throw new Error('FAILURE_REPORT is not set: it names the file that the report goes to');
    const report: FailureReport = { passed: 0, failures: [] };
    for (const module of modules) {
      const fail = (name: string, errors: readonly { message: string; stack?: string }[]) => {
        const [first] = errors;
        const words = (first?.stack ?? first?.message ?? 'no reason given').slice(0, mostLetters);
        report.failures.push(`${module.relativeModuleId}: ${name}: ${words}`);
      };
      if (module.errors().length > 0) fail('the file', module.errors());
      for (const suite of module.children.allSuites())
        if (suite.errors().length > 0) fail(`set-up or end of ${suite.fullName}`, suite.errors());
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        if (state === 'passed') report.passed++;
        // Neither passed nor left out on purpose: its worker died before it ended.
        else if (state === 'pending') report.failures.push(`${module.relativeModuleId}: ${test.fullName}: did not end`);
        else if (state === 'failed') fail(test.fullName, errors);
      }
    }
    for (const error of unhandledErrors)
      report.failures.push(`outside all tests: ${error.name ?? 'Error'}: ${error.message.slice(0, mostLetters)}`);
    writeFileSync(file, JSON.stringify(report));
  }
}
