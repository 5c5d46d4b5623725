import AccountIcon from '@mui/icons-material/AccountCircleOutlined';
import CodeIcon from '@mui/icons-material/CodeOutlined';
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import DocsIcon from '@mui/icons-material/MenuBookOutlined';
import StatusIcon from '@mui/icons-material/MonitorHeartOutlined';
import {
  Box,
  IconButton,
  ListItemIcon,
  ListItemText,
  MenuItem,
  type Theme,
  Tooltip,
  Typography,
  useMediaQuery,
} from '@mui/material';
import { AppBar, LoadingIndicator, Logout, TitlePortal, UserMenu, useTranslate } from 'react-admin';
import { useMe } from '../access/use-me.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { askForShortcuts } from './shortcuts.tsx';
import { ViewChoices } from './view-choices.tsx';

const LINKS = [
  { name: 'graphiql', href: '/graphql', Icon: CodeIcon },
  { name: 'docs', href: '/docs', Icon: DocsIcon },
  { name: 'status', href: '/status-page', Icon: StatusIcon },
] as const;

export function ConsoleBar() {
  const translate = useTranslate();
  const phone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <AppBar userMenu={<ConsoleUserMenu phone={phone} />} alwaysOn {...(phone ? { toolbar: <LoadingIndicator /> } : {})}>
      <TitlePortal variant="h6" component="h1" />
      <ConnectionMark />
      <Tooltip title={translate('layout.shortcuts.open')}>
        <IconButton
          color="inherit"
          onClick={askForShortcuts}
          aria-label={translate('layout.shortcuts.title')}
          sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
        >
          <KeyboardIcon />
        </IconButton>
      </Tooltip>
    </AppBar>
  );
}

function ConsoleUserMenu({ phone }: { readonly phone: boolean }) {
  const translate = useTranslate();
  const me = useMe();
  return (
    <UserMenu label={(!phone && me?.name) || 'ra.auth.user_menu'}>
      {me && (
        <Box sx={{ px: 2, py: 1 }}>
          <Typography variant="body1">{me.name}</Typography>
          <Typography variant="body2" color="textSecondary">
            {translate(`access.role.${me.role}`)}
          </Typography>
        </Box>
      )}
      {phone && <ViewChoices />}
      <MenuItem component="a" href="#/account">
        <ListItemIcon>
          <AccountIcon fontSize="small" />
        </ListItemIcon>
        <ListItemText>{translate('resources.account.name', { smart_count: 1 })}</ListItemText>
      </MenuItem>
      {LINKS.map(({ name, href, Icon }) => (
        <MenuItem key={name} component="a" href={href}>
          <ListItemIcon>
            <Icon fontSize="small" />
          </ListItemIcon>
          <ListItemText>{translate(`layout.links.${name}`)}</ListItemText>
        </MenuItem>
      ))}
      <Logout />
    </UserMenu>
  );
}
