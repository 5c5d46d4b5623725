import { Button, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';

/** Any client by the number, in the audience or not. */
export function MemberSearch({ onChoose }: { onChoose(userId: number): void }) {
  const translate = useTranslate();
  const [text, setText] = useState('');
  const user = Number(text);
  const valid = text.trim() !== '' && Number.isSafeInteger(user) && user > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) onChoose(user);
  };
  return (
    <Stack component="form" direction="row" onSubmit={submit} sx={{ gap: 0.5 }}>
      <TextField
        size="small"
        label={translate('lookalike.client')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        fullWidth={false}
        slotProps={{ htmlInput: { inputMode: 'numeric', size: 10 } }}
      />
      <Button type="submit" disabled={!valid}>
        {translate('lookalike.explain')}
      </Button>
    </Stack>
  );
}
