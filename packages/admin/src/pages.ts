import type { SvgIconComponent } from '@mui/icons-material';
import AccountIcon from '@mui/icons-material/AccountCircleOutlined';
import PresetIcon from '@mui/icons-material/BookmarksOutlined';
import ScheduleIcon from '@mui/icons-material/EventRepeatOutlined';
import AlikeIcon from '@mui/icons-material/GroupAddOutlined';
import UsersIcon from '@mui/icons-material/GroupOutlined';
import AuditIcon from '@mui/icons-material/HistoryOutlined';
import KeyIcon from '@mui/icons-material/KeyOutlined';
import SystemIcon from '@mui/icons-material/MonitorHeartOutlined';
import JobIcon from '@mui/icons-material/PlayCircleOutlined';
import ClusteringIcon from '@mui/icons-material/ScatterPlotOutlined';
import SettingIcon from '@mui/icons-material/SettingsOutlined';
import RequestIcon from '@mui/icons-material/SwapVertOutlined';
import DatasetIcon from '@mui/icons-material/TableChartOutlined';
import SearchIcon from '@mui/icons-material/TravelExploreOutlined';
import type { ComponentType } from 'react';
import type { Role } from './access/me.ts';

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
    list: () => import('./datasets/dataset-list.tsx'),
    show: () => import('./datasets/dataset-show.tsx'),
  },
  {
    name: 'lookalike',
    group: 'alike',
    icon: AlikeIcon,
    role: 'viewer',
    key: 'l',
    list: () => import('./lookalike/explorer.tsx'),
    views: {
      'offers/:merchant/:offer': () => import('./lookalike/offer-audience.tsx'),
      'compare/:first/:second': () => import('./lookalike/offer-compare.tsx'),
    },
  },
  {
    name: 'clusterings',
    group: 'clustering',
    icon: ClusteringIcon,
    role: 'viewer',
    key: 'c',
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
    list: () => import('./searches/search-list.tsx'),
    show: () => import('./searches/search-show.tsx'),
    views: { create: () => import('./searches/search-create.tsx') },
  },
  {
    name: 'presets',
    group: 'clustering',
    icon: PresetIcon,
    role: 'viewer',
    list: () => import('./presets/preset-list.tsx'),
  },
  {
    name: 'schedules',
    group: 'clustering',
    icon: ScheduleIcon,
    role: 'viewer',
    list: () => import('./schedules/schedule-list.tsx'),
  },
  {
    name: 'system',
    group: 'system',
    icon: SystemIcon,
    role: 'viewer',
    key: 's',
    list: () => import('./system/system.tsx'),
  },
  {
    name: 'requests',
    group: 'system',
    icon: RequestIcon,
    role: 'operator',
    list: () => import('./requests/request-list.tsx'),
  },
  {
    name: 'users',
    group: 'system',
    icon: UsersIcon,
    role: 'administrator',
    key: 'u',
    list: () => import('./users/user-list.tsx'),
  },
  {
    name: 'keys',
    group: 'system',
    icon: KeyIcon,
    role: 'administrator',
    key: 'k',
    list: () => import('./keys/key-list.tsx'),
  },
  {
    name: 'audit',
    group: 'system',
    icon: AuditIcon,
    role: 'administrator',
    key: 'a',
    list: () => import('./audit/audit-list.tsx'),
  },
  {
    name: 'settings',
    group: 'system',
    icon: SettingIcon,
    role: 'administrator',
    list: () => import('./settings/settings.tsx'),
  },
  {
    name: 'account',
    group: 'system',
    icon: AccountIcon,
    role: 'viewer',
    list: () => import('./account/account.tsx'),
  },
];

/** What is at `/`. */
export const loadOverview: LoadView = () => import('./overview/overview.tsx');
