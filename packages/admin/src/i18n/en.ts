import english from 'ra-language-english';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessEn } from '../access/access.en.ts';
import { accountEn } from '../account/account.en.ts';
import { auditEn } from '../audit/audit.en.ts';
import { clusteringsEn } from '../clusterings/clusterings.en.ts';
import { labelsEn } from '../clusterings/labels/labels.en.ts';
import { placesEn } from '../clusterings/map/places.en.ts';
import { datasetsEn } from '../datasets/datasets.en.ts';
import { displayEn } from '../display/display.en.ts';
import { experimentsEn } from '../experiments/experiments.en.ts';
import { jobsEn } from '../jobs/jobs.en.ts';
import { keysEn } from '../keys/keys.en.ts';
import { layoutEn } from '../layout/layout.en.ts';
import { lineageEn } from '../lineage/lineage.en.ts';
import { lookalikeEn } from '../lookalike/lookalike.en.ts';
import { modelsEn } from '../models/models.en.ts';
import { overviewEn } from '../overview/overview.en.ts';
import { presetsEn } from '../presets/presets.en.ts';
import { requestsEn } from '../requests/requests.en.ts';
import { schedulesEn } from '../schedules/schedules.en.ts';
import { searchesEn } from '../searches/searches.en.ts';
import { settingsEn } from '../settings/settings.en.ts';
import { systemEn } from '../system/system.en.ts';
import { usersEn } from '../users/users.en.ts';
import { versionsEn } from '../versions/versions.en.ts';

/** THE LIST of English texts, a file for each capability. */
export default mergeTranslations(
  english,
  accessEn,
  clusteringsEn,
  labelsEn,
  placesEn,
  accountEn,
  datasetsEn,
  displayEn,
  jobsEn,
  layoutEn,
  lookalikeEn,
  overviewEn,
  presetsEn,
  schedulesEn,
  searchesEn,
  auditEn,
  keysEn,
  requestsEn,
  settingsEn,
  systemEn,
  usersEn,
  versionsEn,
  modelsEn,
  experimentsEn,
  lineageEn,
) as TranslationMessages;
