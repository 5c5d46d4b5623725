import PreviousIcon from '@mui/icons-material/ChevronLeft';
import NextIcon from '@mui/icons-material/ChevronRight';
import FirstIcon from '@mui/icons-material/FirstPage';
import { Box, IconButton, MenuItem, Select, Tooltip, Typography } from '@mui/material';
import { useListContext, useLocaleState, useTranslate } from 'react-admin';

const SIZES = [10, 25, 50, 100];

/** Pages of a list that goes on from a cursor: on, back and to the beginning, but to no page in the midst. */
export function KeysetPagination() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data, page, perPage, setPage, setPerPage, hasNextPage, total, meta } = useListContext();
  if (!data?.length && page === 1) return null;
  const count = new Intl.NumberFormat(locale);
  const from = (page - 1) * perPage + 1;
  const range = { from: count.format(from), to: count.format(from + (data?.length ?? 0) - 1) };
  const text =
    total === undefined
      ? translate('display.pages.range', range)
      : translate(meta?.exact === false ? 'display.pages.range_of_about' : 'display.pages.range_of', {
          ...range,
          total: count.format(total),
        });
  const steps = [
    { name: 'first', Icon: FirstIcon, to: 1, off: page === 1 },
    { name: 'previous', Icon: PreviousIcon, to: page - 1, off: page === 1 },
    { name: 'next', Icon: NextIcon, to: page + 1, off: !hasNextPage },
  ] as const;
  return (
    <Box
      component="nav"
      aria-label={text}
      sx={{ display: 'flex', justifyContent: 'flex-end', alignItems: 'center', p: 1, gap: 0.5, flexWrap: 'wrap' }}
    >
      <Select
        size="small"
        variant="standard"
        value={perPage}
        onChange={({ target }) => setPerPage(Number(target.value))}
        inputProps={{ 'aria-label': translate('display.pages.per_page') }}
        sx={{ mr: 1 }}
      >
        {SIZES.map((size) => (
          <MenuItem key={size} value={size}>
            {size}
          </MenuItem>
        ))}
      </Select>
      <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {text}
      </Typography>
      {steps.map(({ name, Icon, to, off }) => (
        <Tooltip key={name} title={translate(`display.pages.${name}`)}>
          <span>
            <IconButton onClick={() => setPage(to)} disabled={off} aria-label={translate(`display.pages.${name}`)}>
              <Icon />
            </IconButton>
          </span>
        </Tooltip>
      ))}
    </Box>
  );
}
