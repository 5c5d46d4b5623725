import { describe, expect, it } from 'vitest';
import { checkBatch, recordsOf } from './envelope.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const batch = { version: 'v1', table: 'offer', batch_id: 1, total_batches: 2, records: [{ offer_id: 1 }] };
const change = (fields: Record<string, unknown>) => bytes(JSON.stringify({ ...batch, ...fields }));

describe('the check of a batch body', () => {
  it('keeps a plain body byte for byte, extra fields included', () => {
    const text = `{"records": [{"offer_id": "918"}, {}],\n "version":"v 1","extra":{"a":[1]},"table":"offer","batch_id":1,"total_batches":2}`;
    const checked = checkBatch(bytes(text));
    expect(Buffer.from(checked.body).toString()).toBe(text);
    expect(checked).toMatchObject({ version: 'v 1', table: 'offer', batchId: 1, totalBatches: 2, records: 2 });
  });

  it.each([
    ['body', bytes('')],
    ['body', bytes('[]')],
    ['body', bytes('null')],
    ['body', bytes('{"version":"v1"')],
    ['body', bytes('{"version": fooNaN}')],
    ['body', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['version', change({ version: undefined })],
    ['version', change({ version: 5 })],
    ['version', change({ version: '' })],
    ['version', change({ version: 'v'.repeat(201) })],
    ['version', change({ version: 'a\0b' })],
    ['table', change({ table: 'users' })],
    ['table', change({ table: 'constructor' })],
    ['table', change({ table: ['offer'] })],
    ['batch_id', change({ batch_id: 0 })],
    ['batch_id', change({ batch_id: '1' })],
    ['batch_id', change({ batch_id: true })],
    ['batch_id', change({ batch_id: 1.5 })],
    ['batch_id', change({ batch_id: 1e300 })],
    ['batch_id', change({ batch_id: 3 })],
    ['total_batches', change({ total_batches: null })],
    ['total_batches', change({ total_batches: -1 })],
    ['records', change({ records: undefined })],
    ['records', change({ records: {} })],
    ['records[1]', change({ records: [{}, 5] })],
    ['records[0]', change({ records: [[]] })],
    ['records[2]', change({ records: [{}, {}, null] })],
  ])('names %s where it is wrong', (field, body) => {
    let caught: unknown;
    try {
      checkBatch(body);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'INVALID_INPUT', details: { field } });
  });

  it('reads the bare NaN and Infinity that Python writes as null, and leaves them alone inside texts', () => {
    const text = `{"version":"v1","table":"people","batch_id":1,"total_batches":1,"records":[{"a":NaN,"b":"NaN \\" Infinity","c":-Infinity,"NaN":Infinity,"d":"\\\\"}]}`;
    const { body } = checkBatch(bytes(text));
    expect(recordsOf(body)).toEqual([{ a: null, b: 'NaN " Infinity', c: null, NaN: null, d: '\\' }]);
    expect(JSON.parse(Buffer.from(body).toString()).records[0].a).toBeNull();
  });

  it.each([
    ['a mark at the beginning', `\uFEFF${JSON.stringify(batch)}`],
    ['repeated records', `{"records":[{"offer_id":7}],${JSON.stringify(batch).slice(1)}`],
    ['an escaped key', JSON.stringify(batch).replace('"records"', '"r\\u0065cords"')],
  ])('stores %s as plain JSON that every parser reads alike', (_name, text) => {
    const { body } = checkBatch(bytes(text));
    expect(JSON.parse(Buffer.from(body).toString())).toEqual(batch);
    expect(Buffer.from(body).toString().split('"records"')).toHaveLength(2);
  });

  it('repairs texts that neither DuckDB nor PostgreSQL can keep', () => {
    const { body } = checkBatch(change({ records: [{ offer_text: 'a\ud800b', region: 'x\0y' }] }));
    expect(recordsOf(body)).toEqual([{ offer_text: 'a\ufffdb', region: 'xy' }]);
  });

  it('refuses records nested so deeply that reading them could end a process, and takes ordinary nesting', () => {
    const arrays = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const objects = (levels: number) => '{"a":'.repeat(levels) + 1 + '}'.repeat(levels);
    const text = (value: string, mark = '') =>
      `${mark}${JSON.stringify(batch).replace('"offer_id":1', `"offer_id":${value}`)}`;
    for (const value of [arrays(100_000), objects(100_000), arrays(98)]) {
      for (const mark of ['', '\uFEFF']) {
        expect(() => checkBatch(bytes(text(value, mark)))).toThrow(/nested more than 100 levels/);
      }
    }
    expect(checkBatch(bytes(text(arrays(97)))).records).toBe(1);
    expect(checkBatch(bytes(text(objects(50)))).records).toBe(1);
  });

  it('takes brackets inside of texts for what they are', () => {
    const records = [{ offer_text: '\\"[{'.repeat(500) }, { offer_text: ['[', '"'] }];
    expect(recordsOf(checkBatch(change({ records })).body)).toEqual(records);
  });
});
