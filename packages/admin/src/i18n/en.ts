import english from 'ra-language-english';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessEn } from '../access/access.en.ts';
import { displayEn } from '../display/display.en.ts';
import { jobsEn } from '../jobs/jobs.en.ts';
import { layoutEn } from '../layout/layout.en.ts';
import { overviewEn } from '../overview/overview.en.ts';
import { resourcesEn } from './resources.en.ts';

/** THE LIST of English texts, a file for each capability. */
export default mergeTranslations(
  english,
  accessEn,
  resourcesEn,
  displayEn,
  jobsEn,
  layoutEn,
  overviewEn,
) as TranslationMessages;
