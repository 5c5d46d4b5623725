import english from 'ra-language-english';
import { mergeTranslations, type TranslationMessages } from 'react-admin';
import { accessEn } from '../access/access.en.ts';
import { accountEn } from '../account/account.en.ts';
import { auditEn } from '../audit/audit.en.ts';
import { datasetsEn } from '../datasets/datasets.en.ts';
import { displayEn } from '../display/display.en.ts';
import { jobsEn } from '../jobs/jobs.en.ts';
import { keysEn } from '../keys/keys.en.ts';
import { layoutEn } from '../layout/layout.en.ts';
import { overviewEn } from '../overview/overview.en.ts';
import { requestsEn } from '../requests/requests.en.ts';
import { settingsEn } from '../settings/settings.en.ts';
import { systemEn } from '../system/system.en.ts';
import { usersEn } from '../users/users.en.ts';

/** THE LIST of English texts, a file for each capability. */
export default mergeTranslations(
  english,
  accessEn,
  accountEn,
  datasetsEn,
  displayEn,
  jobsEn,
  layoutEn,
  overviewEn,
  auditEn,
  keysEn,
  requestsEn,
  settingsEn,
  systemEn,
  usersEn,
) as TranslationMessages;
