import english from 'ra-language-english';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessEn } from '../access/access.en.ts';
import { clusteringsEn } from '../clusterings/clusterings.en.ts';
import { datasetsEn } from '../datasets/datasets.en.ts';
import { displayEn } from '../display/display.en.ts';
import { jobsEn } from '../jobs/jobs.en.ts';
import { layoutEn } from '../layout/layout.en.ts';
import { lookalikeEn } from '../lookalike/lookalike.en.ts';
import { overviewEn } from '../overview/overview.en.ts';
import { presetsEn } from '../presets/presets.en.ts';
import { schedulesEn } from '../schedules/schedules.en.ts';
import { searchesEn } from '../searches/searches.en.ts';

/** THE LIST of English texts, a file for each capability. */
export default mergeTranslations(
  english,
  accessEn,
  clusteringsEn,
  datasetsEn,
  displayEn,
  jobsEn,
  layoutEn,
  lookalikeEn,
  overviewEn,
  presetsEn,
  schedulesEn,
  searchesEn,
) as TranslationMessages;
