import type { SvgIconComponent } from '@mui/icons-material';
import AccountIcon from '@mui/icons-material/AccountCircleOutlined';
import PresetIcon from '@mui/icons-material/BookmarksOutlined';
import ScheduleIcon from '@mui/icons-material/EventRepeatOutlined';
import AlikeIcon from '@mui/icons-material/GroupAddOutlined';
import UsersIcon from '@mui/icons-material/GroupOutlined';
import AuditIcon from '@mui/icons-material/HistoryOutlined';
import KeyIcon from '@mui/icons-material/KeyOutlined';
import VersionIcon from '@mui/icons-material/LayersOutlined';
import ModelIcon from '@mui/icons-material/ModelTrainingOutlined';
import SystemIcon from '@mui/icons-material/MonitorHeartOutlined';
import JobIcon from '@mui/icons-material/PlayCircleOutlined';
import ClusteringIcon from '@mui/icons-material/ScatterPlotOutlined';
import ExperimentIcon from '@mui/icons-material/ScienceOutlined';
import SettingIcon from '@mui/icons-material/SettingsOutlined';
import RequestIcon from '@mui/icons-material/SwapVertOutlined';
import DatasetIcon from '@mui/icons-material/TableChartOutlined';
import SearchIcon from '@mui/icons-material/TravelExploreOutlined';
import type { ComponentType } from 'react';
import type { Role } from './access/me.ts';
import type { PageTexts } from './i18n/page-texts.ts';

export const GROUPS = ['work', 'data', 'alike', 'clustering', 'models', 'system'] as const;

export type LoadView = () => Promise<{ readonly default: ComponentType }>;

export interface Page {
  /** The first part of its address, the resource whose records it shows, and the key of its name: `resources.<name>.name`. */
  readonly name: string;
  readonly group: (typeof GROUPS)[number];
  readonly icon: SvgIconComponent;
  /** The least role that is offered it; the server decides for itself. */
  readonly role: Role;
  /** With `g` before it, goes there. */
  readonly key?: string;
  /** Those of `page-texts.ts` that its list shows, and its other views. */
  readonly texts?: readonly PageTexts[];
  /** Those that the other views show besides. */
  readonly moreTexts?: readonly PageTexts[];
  readonly list: LoadView;
  /** Of one record, at `/<name>/<id>/show`. */
  readonly show?: LoadView;
  /** Others by the address after `/<name>/`, such as `compare/:first/:second`. */
  readonly views?: Readonly<Record<string, LoadView>>;
}

/** THE LIST of pages: a line each, in the order of the menu. Each is loaded when it is first opened. */
export const PAGES: readonly Page[] = [
  {
    name: 'jobs',
    group: 'work',
    icon: JobIcon,
    role: 'viewer',
    key: 'j',
    list: () => import('./jobs/job-list.tsx'),
    show: () => import('./jobs/job-show.tsx'),
    views: { 'compare/:first/:second': () => import('./jobs/job-compare.tsx') },
  },
  {
    name: 'datasets',
    group: 'data',
    icon: DatasetIcon,
    role: 'viewer',
    key: 'd',
    texts: ['datasets'],
    list: () => import('./datasets/dataset-list.tsx'),
    show: () => import('./datasets/dataset-show.tsx'),
  },
  {
    name: 'versions',
    group: 'data',
    icon: VersionIcon,
    role: 'viewer',
    key: 'v',
    texts: ['versions'],
    moreTexts: ['models', 'lineage'],
    list: () => import('./versions/version-list.tsx'),
    show: () => import('./versions/version-show.tsx'),
  },
  {
    name: 'lookalike',
    group: 'alike',
    icon: AlikeIcon,
    role: 'viewer',
    key: 'l',
    texts: ['lookalike'],
    list: () => import('./lookalike/explorer.tsx'),
    views: {
      'offers/:merchant/:offer': () => import('./lookalike/offer-audience.tsx'),
      'compare/:first/:second': () => import('./lookalike/offer-compare.tsx'),
    },
  },
  {
    name: 'models',
    group: 'models',
    icon: ModelIcon,
    role: 'viewer',
    key: 'm',
    texts: ['models'],
    moreTexts: ['lineage'],
    list: () => import('./models/model-list.tsx'),
    show: () => import('./models/model-show.tsx'),
    views: {
      'compare/:ids': () => import('./models/model-compare.tsx'),
      'lineage/:kind/:key': () => import('./lineage/lineage-page.tsx'),
    },
  },
  {
    name: 'experiments',
    group: 'models',
    icon: ExperimentIcon,
    role: 'viewer',
    key: 'e',
    texts: ['experiments', 'models', 'lineage'],
    list: () => import('./experiments/experiment-list.tsx'),
    show: () => import('./experiments/experiment-show.tsx'),
  },
  {
    name: 'clusterings',
    group: 'clustering',
    icon: ClusteringIcon,
    role: 'viewer',
    key: 'c',
    texts: ['clusteringNames'],
    moreTexts: ['clusterings', 'datasets', 'labels', 'places'],
    list: () => import('./clusterings/clustering-list.tsx'),
    show: () => import('./clusterings/show/clustering-show.tsx'),
    views: {
      create: () => import('./clusterings/create/clustering-create.tsx'),
      'compare/:first/:second': () => import('./clusterings/compare/clustering-compare.tsx'),
    },
  },
  {
    name: 'searches',
    group: 'clustering',
    icon: SearchIcon,
    role: 'viewer',
    texts: ['searches'],
    moreTexts: ['clusteringNames', 'clusterings', 'datasets'],
    list: () => import('./searches/search-list.tsx'),
    show: () => import('./searches/search-show.tsx'),
    views: { create: () => import('./searches/search-create.tsx') },
  },
  {
    name: 'presets',
    group: 'clustering',
    icon: PresetIcon,
    role: 'viewer',
    texts: ['presets', 'clusteringNames', 'clusterings'],
    list: () => import('./presets/preset-list.tsx'),
  },
  {
    name: 'schedules',
    group: 'clustering',
    icon: ScheduleIcon,
    role: 'viewer',
    texts: ['schedules', 'clusteringNames', 'clusterings'],
    list: () => import('./schedules/schedule-list.tsx'),
  },
  {
    name: 'system',
    group: 'system',
    icon: SystemIcon,
    role: 'viewer',
    key: 's',
    texts: ['system'],
    list: () => import('./system/system.tsx'),
  },
  {
    name: 'requests',
    group: 'system',
    icon: RequestIcon,
    role: 'operator',
    texts: ['requests'],
    list: () => import('./requests/request-list.tsx'),
  },
  {
    name: 'users',
    group: 'system',
    icon: UsersIcon,
    role: 'administrator',
    key: 'u',
    texts: ['users'],
    list: () => import('./users/user-list.tsx'),
  },
  {
    name: 'keys',
    group: 'system',
    icon: KeyIcon,
    role: 'administrator',
    key: 'k',
    texts: ['keys', 'users'],
    list: () => import('./keys/key-list.tsx'),
  },
  {
    name: 'audit',
    group: 'system',
    icon: AuditIcon,
    role: 'administrator',
    key: 'a',
    texts: ['audit'],
    list: () => import('./audit/audit-list.tsx'),
  },
  {
    name: 'settings',
    group: 'system',
    icon: SettingIcon,
    role: 'administrator',
    texts: ['settings'],
    list: () => import('./settings/settings.tsx'),
  },
  {
    name: 'account',
    group: 'system',
    icon: AccountIcon,
    role: 'viewer',
    texts: ['account', 'users'],
    list: () => import('./account/account.tsx'),
  },
];

/** What is at `/`. */
export const loadOverview: LoadView = () => import('./overview/overview.tsx');
