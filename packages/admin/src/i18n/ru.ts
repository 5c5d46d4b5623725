import english from 'ra-language-english';
import russian from 'ra-language-russian';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessRu } from '../access/access.ru.ts';
import { accountRu } from '../account/account.ru.ts';
import { auditRu } from '../audit/audit.ru.ts';
import { clusteringsRu } from '../clusterings/clusterings.ru.ts';
import { labelsRu } from '../clusterings/labels/labels.ru.ts';
import { placesRu } from '../clusterings/map/places.ru.ts';
import { datasetsRu } from '../datasets/datasets.ru.ts';
import { displayRu } from '../display/display.ru.ts';
import { experimentsRu } from '../experiments/experiments.ru.ts';
import { jobsRu } from '../jobs/jobs.ru.ts';
import { keysRu } from '../keys/keys.ru.ts';
import { layoutRu } from '../layout/layout.ru.ts';
import { lineageRu } from '../lineage/lineage.ru.ts';
import { lookalikeRu } from '../lookalike/lookalike.ru.ts';
import { modelsRu } from '../models/models.ru.ts';
import { overviewRu } from '../overview/overview.ru.ts';
import { presetsRu } from '../presets/presets.ru.ts';
import { requestsRu } from '../requests/requests.ru.ts';
import { schedulesRu } from '../schedules/schedules.ru.ts';
import { searchesRu } from '../searches/searches.ru.ts';
import { settingsRu } from '../settings/settings.ru.ts';
import { systemRu } from '../system/system.ru.ts';
import { usersRu } from '../users/users.ru.ts';
import { versionsRu } from '../versions/versions.ru.ts';

/** THE LIST of Russian texts, a file for each capability; of react-admin's own those that nobody has translated stay English. */
export default mergeTranslations(
  english,
  russian,
  accessRu,
  clusteringsRu,
  labelsRu,
  placesRu,
  accountRu,
  datasetsRu,
  displayRu,
  jobsRu,
  layoutRu,
  lookalikeRu,
  overviewRu,
  presetsRu,
  schedulesRu,
  searchesRu,
  auditRu,
  keysRu,
  requestsRu,
  settingsRu,
  systemRu,
  usersRu,
  versionsRu,
  modelsRu,
  experimentsRu,
  lineageRu,
) as TranslationMessages;
