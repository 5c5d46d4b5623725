import { expect, it } from 'vitest';
import { audienceCsv } from './audience-csv.ts';

const audience = {
  merchantId: 3,
  offerId: 902,
  modelVersion: '2.0',
  dataVersion: '2025-08',
  members: [
    { userId: 7, score: 0.5 },
    { userId: 11, score: 0.25 },
  ],
};

it('says in every row who, how likely and by which model and data', () => {
  expect(audienceCsv(audience)).toBe(
    'rank,user_id,score,merchant_id,offer_id,model_version,data_version\r\n' +
      '1,7,0.5,3,902,2.0,2025-08\r\n2,11,0.25,3,902,2.0,2025-08\r\n',
  );
});

it('keeps what a sender calls a version one cell, and no formula', () => {
  expect(audienceCsv({ ...audience, dataVersion: '=1+"2",3' })).toContain(`,2.0,"'=1+""2"",3"\r\n`);
});
