import OverviewIcon from '@mui/icons-material/DashboardOutlined';
import { Typography } from '@mui/material';
import { Menu, useSidebarState, useTranslate } from 'react-admin';
import { hasRole } from '../access/me.ts';
import { useMe } from '../access/use-me.tsx';
import { GROUPS, PAGES } from '../pages.ts';

export function ConsoleMenu() {
  const translate = useTranslate();
  const me = useMe();
  const [open] = useSidebarState();
  const offered = PAGES.filter(({ role }) => hasRole(me, role));
  return (
    <Menu>
      <Menu.DashboardItem primaryText="overview.title" leftIcon={<OverviewIcon />} />
      {GROUPS.flatMap((group) => {
        const pages = offered.filter((page) => page.group === group);
        if (pages.length === 0) return [];
        return [
          <Typography
            key={group}
            variant="caption"
            component="li"
            role="presentation"
            color="textSecondary"
            sx={{ px: 2, pt: 1.5, pb: 0.5, visibility: open ? 'visible' : 'hidden' }}
          >
            {translate(`layout.group.${group}`)}
          </Typography>,
          ...pages.map(({ name, icon: Icon }) => (
            <Menu.Item
              key={name}
              to={`/${name}`}
              primaryText={translate(`resources.${name}.name`, { smart_count: 2 })}
              leftIcon={<Icon />}
            />
          )),
        ];
      })}
    </Menu>
  );
}
