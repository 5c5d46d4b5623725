import { useMediaQuery } from '@mui/material';
import { useTheme } from 'react-admin';

/** Whether it is dark, by choice or else as the system is. */
export function useDark(): { readonly dark: boolean; setDark(dark: boolean): void } {
  const [theme, setTheme] = useTheme();
  const system = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  return {
    dark: theme === undefined ? system : theme === 'dark',
    setDark: (dark) => setTheme(dark ? 'dark' : 'light'),
  };
}
