import { lookalikeReports } from '../lookalike/report/report-files.ts';
import type { Reports } from './pipeline.ts';

/**
 * THE LIST of reports, by the name of their pipeline. Apart from the pipelines, because who writes reports needs no stages, and
 * those take a second of a processor to load.
 */
export const REPORTS: Readonly<Record<string, Reports>> = { lookalike: lookalikeReports };
