import { defaultTheme, type RaThemeOptions } from 'react-admin';

/** What differs between light and dark; everything else is one theme. */
interface Colors {
  readonly mode: 'light' | 'dark';
  readonly primary: string;
  readonly secondary: string;
  readonly page: string;
  readonly paper: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  /** Of words on the page and on paper, too: enough contrast for both. */
  readonly states: Readonly<Record<'success' | 'info' | 'warning' | 'error', string>>;
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';

function themeOf(colors: Colors): RaThemeOptions {
  const border = `1px solid ${colors.line}`;
  const focusRing = { outline: `2px solid ${colors.primary}`, outlineOffset: 2 };
  return {
    ...defaultTheme,
    palette: {
      mode: colors.mode,
      primary: { main: colors.primary },
      secondary: { main: colors.secondary },
      success: { main: colors.states.success },
      info: { main: colors.states.info },
      warning: { main: colors.states.warning },
      error: { main: colors.states.error },
      background: { default: colors.page, paper: colors.paper },
      text: { primary: colors.text, secondary: colors.muted },
      divider: colors.line,
    },
    shape: { borderRadius: 8 },
    typography: {
      fontFamily: FONT,
      fontSize: 13.5,
      h5: { fontWeight: 600, fontSize: '1.3rem' },
      h6: { fontWeight: 600, fontSize: '1rem' },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    sidebar: { width: 232, closedWidth: 52 },
    components: {
      ...defaultTheme.components,
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiCard: { defaultProps: { elevation: 0 }, styleOverrides: { root: { border } } },
      MuiAppBar: {
        defaultProps: { elevation: 0, color: 'transparent' },
        styleOverrides: { root: { backgroundColor: colors.paper, color: colors.text, borderBottom: border } },
      },
      // A spinner says nothing that a text or a state beside it does not.
      MuiCircularProgress: { defaultProps: { 'aria-hidden': true } },
      // Buttons have none of their own but a shade; within their edge nothing around cuts it off.
      MuiButtonBase: { styleOverrides: { root: { '&.Mui-focusVisible': { ...focusRing, outlineOffset: -2 } } } },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: { contained: { '&.Mui-focusVisible': { outlineOffset: 2 } } },
      },
      MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense' } },
      MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense' } },
      MuiAccordion: { defaultProps: { slotProps: { heading: { component: 'h2' } } } },
      MuiTooltip: { defaultProps: { enterDelay: 400 } },
      MuiTableCell: { styleOverrides: { head: { color: colors.muted, fontWeight: 600 } } },
      MuiLinearProgress: { styleOverrides: { root: { borderRadius: 4, height: 6 } } },
      // react-admin's own has the words in the colour of the page.
      RaSkipNavigationButton: { styleOverrides: { root: { backgroundColor: colors.paper, color: colors.primary } } },
      MuiCssBaseline: {
        styleOverrides: {
          // Those who asked for less motion get none.
          '@media (prefers-reduced-motion: reduce)': {
            '*, *::before, *::after': {
              animationDuration: '0.01ms !important',
              transitionDuration: '0.01ms !important',
            },
          },
          ':focus-visible': focusRing,
        },
      },
    },
  };
}

export const lightTheme = themeOf({
  mode: 'light',
  primary: '#4b4bc4',
  secondary: '#b4472a',
  page: '#f7f7f9',
  paper: '#ffffff',
  line: '#e4e4ea',
  text: '#1d1d28',
  muted: '#5c5c6b',
  states: { success: '#2a7030', info: '#0b69a3', warning: '#8f4e00', error: '#b3261e' },
});

export const darkTheme = themeOf({
  mode: 'dark',
  primary: '#a5a5f5',
  secondary: '#f2a58b',
  page: '#14151a',
  paper: '#1c1d24',
  line: '#2f303a',
  text: '#ececf1',
  muted: '#a8a8b6',
  states: { success: '#7bc47f', info: '#6fbdf0', warning: '#f0b260', error: '#f2938c' },
});
