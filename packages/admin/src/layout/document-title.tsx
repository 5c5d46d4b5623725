import { useEffect } from 'react';

const TITLE = 'react-admin-title';

/** The window is named as its page is, for tabs and screen readers; pages say their title once, to react-admin's `Title`. */
export function DocumentTitle() {
  useEffect(() => {
    const tell = () => {
      const title = document.getElementById(TITLE)?.textContent?.trim();
      document.title = title ? `${title} · Kindred` : 'Kindred';
    };
    const watcher = new MutationObserver(tell);
    const bar = document.getElementById(TITLE)?.parentElement ?? document.body;
    watcher.observe(bar, { childList: true, characterData: true, subtree: true });
    tell();
    return () => watcher.disconnect();
  }, []);
  return null;
}
