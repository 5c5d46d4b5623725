import type { ReceivedFile } from '@kindred/api/uploads/received-file.ts';
import { z } from 'zod';
import { RestError } from '../../error-map.ts';
import type { ReceivedForm } from '../../receive-form.ts';

const ENCODINGS = ['utf-8', 'utf-8-sig', 'cp1251', 'utf-16-le', 'utf-16-be'] as const;
const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

export const fileField = z.string().meta({ format: 'binary', description: 'A CSV file with a line of names.' });
const reading = {
  encoding: z.enum(ENCODINGS).optional().meta({ description: 'Found out unless given.' }),
  delimiter: z.enum([',', ';', '\t', '|']).optional().meta({ description: 'Found out unless given.' }),
  upload: z.string().optional().meta({ description: 'A name of your own, to follow `tableProgress` of GraphQL by.' }),
};
export const uploadForm = z
  .object({
    name: z.string().max(200).optional().meta({ description: "The file's name unless given." }),
    file: fileField,
    ...reading,
  })
  .meta({ id: 'Upload' });
export const changeForm = z
  .object({ name: z.string().max(200).optional(), file: fileField.optional(), ...reading })
  .meta({ id: 'DatasetChange' });

/** What a mutation wants to know of the form beside its file. */
export function readingOf({ fields }: ReceivedForm): Record<string, string> {
  const encoding = fields.get('encoding');
  const delimiter = fields.get('delimiter');
  const upload = fields.get('upload');
  if (encoding && !ENCODINGS.some((name) => name === encoding)) {
    throw new RestError('INVALID_INPUT', `encoding must be one of ${ENCODINGS.join(', ')}`, { field: 'encoding' });
  }
  if (delimiter && !Object.hasOwn(DELIMITERS, delimiter)) {
    throw new RestError('INVALID_INPUT', 'delimiter must be a comma, a semicolon, a tab or |', { field: 'delimiter' });
  }
  return {
    ...(encoding ? { encoding: encoding.replaceAll('-', '_') } : {}),
    ...(delimiter ? { delimiter: DELIMITERS[delimiter as keyof typeof DELIMITERS] } : {}),
    ...(upload ? { upload: upload.slice(0, 200) } : {}),
  };
}

/** @throws RestError INVALID_INPUT */
export function requiredFile({ files }: ReceivedForm): ReceivedFile {
  const file = files.get('file');
  if (file) return file;
  throw new RestError('INVALID_INPUT', 'file is required: a part of the form named file, with a file name', {
    field: 'file',
  });
}
