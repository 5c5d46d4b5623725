import CopiedIcon from '@mui/icons-material/CheckOutlined';
import CopyIcon from '@mui/icons-material/ContentCopyOutlined';
import { Box, Button, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { useTranslate } from 'react-admin';

export interface CopiedTextProps {
  readonly label: string;
  readonly text: string;
}

/** A text to be taken elsewhere, with a button that copies it. */
export function CopiedText({ label, text }: CopiedTextProps) {
  const translate = useTranslate();
  const shown = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(text, shown.current));
  return (
    <Box>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 1 }}>
        <Typography variant="body2" color="textSecondary">
          {label}
        </Typography>
        <Button
          size="small"
          startIcon={copied ? <CopiedIcon /> : <CopyIcon />}
          onClick={copy}
          aria-label={`${translate('display.copy')}: ${label}`}
        >
          <span aria-live="polite">{translate(copied ? 'display.copied' : 'display.copy')}</span>
        </Button>
      </Box>
      <Box
        ref={shown}
        component="pre"
        sx={{
          m: 0,
          p: 1.5,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.default',
          fontSize: 13,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          userSelect: 'all',
        }}
      >
        {text}
      </Box>
    </Box>
  );
}

/** Browsers have a clipboard only on https and localhost; elsewhere what is selected is copied, or stays selected to be copied by hand. */
async function copyText(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (!shown) return false;
    getSelection()?.selectAllChildren(shown);
    return document.execCommand('copy');
  }
}
