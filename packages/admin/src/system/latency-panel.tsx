import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { LazyChart } from '../charts/lazy-chart.tsx';
import { number } from '../display/numbers.ts';
import { Panel } from '../display/panel.tsx';
import { latencyOver, type RouteLatency, routesOf, type StatusHistory } from './status-history.ts';

/** Charts that are shown before one asks for the others. */
const FIRST = 6;

/** Times of requests by route while the page is open. */
export function LatencyPanel({ history }: { readonly history: StatusHistory }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [all, setAll] = useState(false);
  const routes = routesOf(history);
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const x = history.map(({ at }) => clock.format(new Date(at)));
  const latest = history.at(-1)?.latency;
  const titleOf = ({ route, requests, refused }: RouteLatency) =>
    translate('system.latency.route', {
      route: route ?? translate('system.latency.all'),
      requests: number(requests, locale),
      refused: number(refused, locale),
    });
  return (
    <Panel
      title={translate('system.latency.title')}
      action={
        routes.length > FIRST && (
          <Button size="small" onClick={() => setAll(!all)}>
            {translate(all ? 'system.latency.fewer' : 'system.latency.more', { count: routes.length })}
          </Button>
        )
      }
    >
      <Typography variant="body2" color="textSecondary">
        {translate('system.latency.text')}
      </Typography>
      {latest && (
        <LazyChart title={titleOf(latest)} height={180} kind="line" x={x} series={latencyOver(history, null)} />
      )}
      <Box
        sx={{ display: 'grid', columnGap: 3, gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))' }}
      >
        {routes.slice(0, all ? undefined : FIRST).map((each) => (
          <LazyChart
            key={each.route}
            title={titleOf(each)}
            height={130}
            kind="line"
            x={x}
            series={latencyOver(history, each.route)}
          />
        ))}
      </Box>
    </Panel>
  );
}
