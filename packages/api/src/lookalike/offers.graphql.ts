import { DomainError } from '../errors.ts';
import { builder } from '../graphql/builder.ts';
import { PageOrder, toConnection } from '../graphql/connection.ts';
import { serialCursor } from '../graphql/cursor.ts';
import { NO_END, type World } from './engine/world.ts';

interface Offer {
  /** Position in the catalog, from 1: newest data has its own positions. */
  readonly id: number;
  readonly merchantId: number;
  readonly offerId: number;
  readonly start: string;
  readonly end: string | null;
  readonly text: string;
}

const OfferRef = builder.objectRef<Offer>('Offer').implement({
  description: 'An offer of the catalog that serves.',
  fields: (t) => ({
    merchantId: t.field({ type: 'SafeInt', resolve: (offer) => offer.merchantId }),
    offerId: t.field({ type: 'SafeInt', resolve: (offer) => offer.offerId }),
    startDate: t.exposeString('start', { description: 'YYYY-MM-DD' }),
    endDate: t.exposeString('end', { nullable: true, description: 'Inclusive; null where it does not end.' }),
    text: t.exposeString('text'),
  }),
});

/** Largest page of a connection. */
const MOST = 100;

builder.queryField('offers', (t) =>
  t.connection({
    type: OfferRef,
    description: 'Offers that audiences can be asked for, in the order of the data.',
    args: {
      merchantId: t.arg({ type: 'SafeInt' }),
      text: t.arg.string({
        description: 'Part of the text, or how the number of the offer or of its merchant begins.',
      }),
      order: t.arg({ type: PageOrder, defaultValue: 'desc' }),
    },
    resolve: (_root, args, { lookalike }) => {
      const first = args.first ?? 20;
      if (args.last != null || args.before != null || first < 1 || first > MOST) {
        throw new DomainError('INVALID_INPUT', `offers are paged forward, first 1 to ${MOST}`, {
          details: { field: 'first' },
        });
      }
      const { world } = lookalike.server;
      const after = args.after == null ? undefined : serialCursor(args.after);
      const isListed = world ? listedOffers(world.offers, args) : () => false;
      const found = world ? offersAfter(world, after, first + 1, args.order !== 'asc', isListed) : [];
      const page = {
        items: found.slice(0, first),
        hasNextPage: found.length > first,
        hasPreviousPage: after !== undefined,
      };
      return toConnection(page, () => ({ count: world ? countOffers(world, isListed) : 0, exact: true }));
    },
  }),
);

function offersAfter(
  { offers, baseDay }: World,
  after: number | undefined,
  limit: number,
  newestFirst: boolean,
  isListed: (at: number) => boolean,
): Offer[] {
  const count = offers.ids.length;
  const step = newestFirst ? -1 : 1;
  const found: Offer[] = [];
  const from = after === undefined ? (newestFirst ? count : 1) : after + step;
  for (let id = Math.min(from, count); id >= 1 && id <= count && found.length < limit; id += step) {
    const at = id - 1;
    if (!isListed(at)) continue;
    found.push({
      id,
      merchantId: offers.merchantIds[at],
      offerId: offers.ids[at],
      start: isoDate(baseDay + offers.start[at]),
      end: offers.end[at] === NO_END ? null : isoDate(baseDay + offers.end[at]),
      text: offers.texts[at] ?? '',
    });
  }
  return found;
}

function countOffers({ offers }: World, isListed: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < offers.ids.length; at++) if (isListed(at)) count++;
  return count;
}

interface OfferFilter {
  readonly merchantId?: number | null | undefined;
  readonly text?: string | null | undefined;
}

/** Whether the offer at a position is one that was asked for. An offer without a brand has no audience to ask for. */
function listedOffers(offers: World['offers'], { merchantId, text }: OfferFilter): (at: number) => boolean {
  const wanted = text?.trim().toLowerCase() ?? '';
  const matches = (at: number) =>
    (offers.texts[at] ?? '').toLowerCase().includes(wanted) ||
    String(offers.ids[at]).startsWith(wanted) ||
    String(offers.merchantIds[at]).startsWith(wanted);
  return (at) => offers.brand[at] >= 0 && (merchantId == null || offers.merchantIds[at] === merchantId) && matches(at);
}

/** @param day days since 1970-01-01. */
function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
