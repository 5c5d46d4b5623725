import english from 'ra-language-english';
import russian from 'ra-language-russian';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessRu } from '../access/access.ru.ts';
import { displayRu } from '../display/display.ru.ts';
import { jobsRu } from '../jobs/jobs.ru.ts';
import { layoutRu } from '../layout/layout.ru.ts';
import { overviewRu } from '../overview/overview.ru.ts';
import { resourcesRu } from './resources.ru.ts';

/** THE LIST of Russian texts, a file for each capability; of react-admin's own those that nobody has translated stay English. */
export default mergeTranslations(
  english,
  russian,
  accessRu,
  resourcesRu,
  displayRu,
  jobsRu,
  layoutRu,
  overviewRu,
) as TranslationMessages;
