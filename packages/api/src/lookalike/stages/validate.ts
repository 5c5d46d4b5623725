/** Is this version fit to be trained on and served? */
import type { Json, Stage } from '../../pipelines/stage.ts';
import { suitesJson } from '../../quality/great-expectations.ts';
import { runSuite } from '../../quality/run-suite.ts';
import { DuckDbSession } from '../../tables/duckdb-session.ts';
import { parseIngestReport } from '../ingest/ingest-report.ts';
import { createTableViews } from '../table-views.ts';
import { DATED } from '../validation/date-checks.ts';
import { factsOf } from '../validation/facts.ts';
import { measureProfile } from '../validation/measure-profile.ts';
import { columnKey, parseProfile, type Span } from '../validation/profile.ts';
import { regularSpan } from '../validation/regular-span.ts';
import { buildSuite } from '../validation/suite.ts';

/** What the suites' names begin with. */
const SUITES = 'lookalike';

/** Failed checks that the summary carries; `validation.json` has all. */
const LISTED_FAILURES = 100;

/** Failed checks that the job's log tells one by one. */
const LOGGED_FAILURES = 20;

/**
 * Reads the tables, `ingest.json` and, if there was a good version before, its profile as `baseline.json`. Writes
 * `validation.json` (Great Expectations' validation results, one per table), `suites.json` (its suites, as built from the
 * baseline) and `profile.json`. The version is invalid if a critical check failed: then the pipeline stops here.
 */
export const validateStage: Stage = {
  name: 'validate',
  codeVersion: 3,
  after: ['ingest'],
  inputs: ['table.*', 'ingest.json', 'baseline.json?'],
  weight: 3,
  async run(context) {
    const report = parseIngestReport(await context.json('ingest.json'));
    const baseline = context.find('baseline.json') ? parseProfile(await context.json('baseline.json')) : undefined;
    await using db = await DuckDbSession.open(context);
    await createTableViews(db, context);

    const facts = factsOf(report);
    const spans: Record<string, Span> = {};
    for (const { table, column } of DATED) {
      const span = facts[table].present ? await regularSpan(db, table, column) : undefined;
      if (span) spans[columnKey(table, column)] = span;
    }
    context.progress(0.2, 'checking');
    const suite = buildSuite({ facts, spans, baseline });
    const meta = { version: report.version, baseline_version: baseline?.version ?? null };
    const naming = { name: SUITES, version: report.version, meta };
    const { validation, failed, outcomes } = await runSuite(db, suite, facts, naming);
    context.progress(0.8, 'profiling');
    const profile = await measureProfile(db, report.version, facts, spans, suite, outcomes);

    await context.outputJson('suites.json', suitesJson(suite, naming));
    await context.outputJson('validation.json', validation);
    await context.outputJson('profile.json', profile as unknown as Json);
    const total = validation.statistics.evaluated_expectations;
    for (const { table, check, details, severity } of failed.slice(0, LOGGED_FAILURES)) {
      context.warn(`${table}: ${check}: ${details}`, { severity });
    }
    const critical = failed.filter(({ severity }) => severity === 'critical');
    const warnings = failed.filter(({ severity }) => severity === 'warning');
    return {
      summary: {
        valid: validation.valid,
        checks_total: total,
        checks_passed: total - failed.length,
        checks_failed: failed.length,
        failed_checks: [...critical, ...warnings].slice(0, LISTED_FAILURES) as unknown as Json,
      },
      stop: !validation.valid,
    };
  },
};
