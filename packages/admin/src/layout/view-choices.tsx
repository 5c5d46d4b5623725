import ThemeIcon from '@mui/icons-material/Brightness6Outlined';
import LanguageIcon from '@mui/icons-material/TranslateOutlined';
import { ListItemIcon, ListItemText, MenuItem } from '@mui/material';
import { useLocaleState, useLocales, useTranslate } from 'react-admin';
import { useDark } from '../theme/use-dark.ts';

/** Theme and languages as entries of a menu: a phone's bar has no room for them. */
export function ViewChoices() {
  const translate = useTranslate();
  const { dark, setDark } = useDark();
  const [locale, setLocale] = useLocaleState();
  const languages = useLocales().filter((language) => language.locale !== locale);
  return (
    <>
      <MenuItem onClick={() => setDark(!dark)}>
        <ListItemIcon>
          <ThemeIcon fontSize="small" />
        </ListItemIcon>
        <ListItemText>{translate('layout.shortcuts.theme')}</ListItemText>
      </MenuItem>
      {languages.map((language) => (
        <MenuItem key={language.locale} onClick={() => setLocale(language.locale)} lang={language.locale}>
          <ListItemIcon>
            <LanguageIcon fontSize="small" />
          </ListItemIcon>
          <ListItemText>{language.name}</ListItemText>
        </MenuItem>
      ))}
    </>
  );
}
