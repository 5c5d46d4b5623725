/** First bytes of what people upload instead of a CSV file. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly name: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'a ZIP archive or an Excel workbook' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], name: 'an empty ZIP archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], name: 'an old Excel workbook' },
  { bytes: [0x1f, 0x8b], name: 'compressed by gzip' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'compressed by Zstandard' },
  { bytes: [0x42, 0x5a, 0x68], name: 'compressed by bzip2' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7z archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG picture' },
  { bytes: [0xff, 0xd8, 0xff], name: 'a JPEG picture' },
  { bytes: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], name: 'a program' },
];

/** What the file is, where its first bytes say that it is no text; undefined otherwise. */
export function foreignFormat(start: Uint8Array): string | undefined {
  return SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte))?.name;
}
