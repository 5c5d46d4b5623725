import english from 'ra-language-english';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessEn } from '../access/access.en.ts';
import { datasetsEn } from '../datasets/datasets.en.ts';
import { displayEn } from '../display/display.en.ts';
import { experimentsEn } from '../experiments/experiments.en.ts';
import { jobsEn } from '../jobs/jobs.en.ts';
import { layoutEn } from '../layout/layout.en.ts';
import { lineageEn } from '../lineage/lineage.en.ts';
import { lookalikeEn } from '../lookalike/lookalike.en.ts';
import { modelsEn } from '../models/models.en.ts';
import { overviewEn } from '../overview/overview.en.ts';
import { versionsEn } from '../versions/versions.en.ts';

/** THE LIST of English texts, a file for each capability. */
export default mergeTranslations(
  english,
  accessEn,
  datasetsEn,
  displayEn,
  jobsEn,
  layoutEn,
  lookalikeEn,
  overviewEn,
  versionsEn,
  modelsEn,
  experimentsEn,
  lineageEn,
) as TranslationMessages;
