import english from 'ra-language-english';
import russian from 'ra-language-russian';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessRu } from '../access/access.ru.ts';
import { datasetsRu } from '../datasets/datasets.ru.ts';
import { displayRu } from '../display/display.ru.ts';
import { experimentsRu } from '../experiments/experiments.ru.ts';
import { jobsRu } from '../jobs/jobs.ru.ts';
import { layoutRu } from '../layout/layout.ru.ts';
import { lineageRu } from '../lineage/lineage.ru.ts';
import { lookalikeRu } from '../lookalike/lookalike.ru.ts';
import { modelsRu } from '../models/models.ru.ts';
import { overviewRu } from '../overview/overview.ru.ts';
import { versionsRu } from '../versions/versions.ru.ts';

/** THE LIST of Russian texts, a file for each capability; of react-admin's own those that nobody has translated stay English. */
export default mergeTranslations(
  english,
  russian,
  accessRu,
  datasetsRu,
  displayRu,
  jobsRu,
  layoutRu,
  lookalikeRu,
  overviewRu,
  versionsRu,
  modelsRu,
  experimentsRu,
  lineageRu,
) as TranslationMessages;
