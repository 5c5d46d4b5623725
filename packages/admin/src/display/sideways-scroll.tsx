import { Box } from '@mui/material';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** What may be wider than its place scrolls in it, by keyboard too; what fits is no stop of the Tab key. */
export function SidewaysScroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const look = () => setScrolls(current.scrollWidth > current.clientWidth);
    const watcher = new ResizeObserver(look);
    watcher.observe(current);
    // Not the frame but what is in it grows when something is loaded.
    if (current.firstElementChild) watcher.observe(current.firstElementChild);
    look();
    return () => watcher.disconnect();
  }, []);
  return (
    <Box
      ref={frame}
      sx={{ overflowX: 'auto' }}
      {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
    >
      <div>{children}</div>
    </Box>
  );
}
