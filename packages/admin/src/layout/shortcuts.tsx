import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { PAGES } from '../pages.ts';
import { useDark } from '../theme/use-dark.ts';

const ASKED = 'kindred:shortcuts';
/** Between the two keys of `g j`. */
const PAIR_MS = 1200;
/** Where keys have a meaning of their own. */
const ELSEWHERE = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]';

export function askForShortcuts(): void {
  window.dispatchEvent(new Event(ASKED));
}

interface Shortcut {
  readonly keys: string;
  readonly label: string;
  run(): void;
}

/** Keys for the whole console, and the list of them behind `?`. */
export function Shortcuts() {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const shortcuts = useShortcuts(() => setOpen(true));
  useKeys(shortcuts);
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(ASKED, show);
    return () => window.removeEventListener(ASKED, show);
  }, []);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} aria-labelledby="shortcuts-title" maxWidth="xs" fullWidth>
      <DialogTitle id="shortcuts-title">{translate('layout.shortcuts.title')}</DialogTitle>
      <DialogContent>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{translate('layout.shortcuts.keys')}</TableCell>
              <TableCell>{translate('layout.shortcuts.action')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {shortcuts.map(({ keys, label }) => (
              <TableRow key={keys}>
                <TableCell>
                  <kbd>{keys}</kbd>
                </TableCell>
                <TableCell>{label}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => setOpen(false)} autoFocus>
          {translate('layout.shortcuts.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function useShortcuts(help: () => void): readonly Shortcut[] {
  const translate = useTranslate();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { dark, setDark } = useDark();
  const go = (page: string) => translate('layout.shortcuts.go', { page });
  return [
    { keys: '?', label: translate('layout.shortcuts.help'), run: help },
    { keys: 'g o', label: go(translate('overview.title')), run: () => navigate('/') },
    ...PAGES.filter(({ key }) => key !== undefined).map(({ key, name }) => ({
      keys: `g ${key}`,
      label: go(translate(`resources.${name}.name`, { smart_count: 2 })),
      run: () => navigate(`/${name}`),
    })),
    { keys: '/', label: translate('layout.shortcuts.search'), run: focusSearch },
    { keys: 'r', label: translate('layout.shortcuts.refresh'), run: () => void client.invalidateQueries() },
    { keys: 't', label: translate('layout.shortcuts.theme'), run: () => setDark(!dark) },
  ];
}

function focusSearch(): void {
  document.querySelector<HTMLElement>('main [data-search] input, main [role=search] input, main form input')?.focus();
}

/** Runs shortcuts while nobody writes and no dialog is open. */
function useKeys(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let first = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof HTMLElement && event.target.closest(ELSEWHERE)) return;
      const pressed = first === '' ? event.key : `${first} ${event.key}`;
      const found = latest.current.find(({ keys }) => keys === pressed);
      first = '';
      clearTimeout(timer);
      if (found) {
        event.preventDefault();
        found.run();
      } else if (latest.current.some(({ keys }) => keys.startsWith(`${event.key} `))) {
        first = event.key;
        timer = setTimeout(() => {
          first = '';
        }, PAIR_MS);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}
