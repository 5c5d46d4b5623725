import type { CheckId } from './checklist.ts';
import { CHECK_IDS, CHECKS } from './checklist.ts';

export type Verdict = 'passed' | 'failed' | 'skipped';

interface Finding {
  verdict: Verdict;
  times: number;
  details: string[];
}

/** Gathers what the checks found. A check may be decided many times; one failure fails it. */
export class Verdicts {
  readonly #findings = new Map<CheckId, Finding>();

  /** Records one observation; `detail` is kept where it failed. */
  check(id: CheckId, passed: boolean, detail: string): void {
    const finding = this.#findings.get(id) ?? { verdict: 'passed', times: 0, details: [] };
    finding.times++;
    if (!passed) {
      finding.verdict = 'failed';
      if (finding.details.length < 4) finding.details.push(detail);
    }
    this.#findings.set(id, finding);
  }

  skip(id: CheckId, why: string): void {
    if (!this.#findings.has(id)) this.#findings.set(id, { verdict: 'skipped', times: 0, details: [why] });
  }

  count(verdict: Verdict): number {
    return CHECK_IDS.filter((id) => this.verdict(id) === verdict).length;
  }

  /** A check that nothing decided has failed. */
  verdict(id: CheckId): Verdict {
    return this.#findings.get(id)?.verdict ?? 'failed';
  }

  /** One line per check. */
  table(): string {
    return CHECK_IDS.map((id) => {
      const finding = this.#findings.get(id);
      const word = { passed: 'ok     ', failed: 'FAILED ', skipped: 'SKIPPED' }[this.verdict(id)];
      const why = finding
        ? finding.details.map((detail) => `\n         ${detail}`).join('')
        : '\n         never reached';
      return `${word} ${id.padEnd(5)} ${CHECKS[id]}${why}`;
    }).join('\n');
  }
}
