/** An offer is named by its merchant and its own number: neither alone is one of a kind. */
export interface OfferKey {
  readonly merchantId: number;
  readonly offerId: number;
}

export function offerPath({ merchantId, offerId }: OfferKey): string {
  return `/lookalike/offers/${merchantId}/${offerId}`;
}

export function comparePath(first: OfferKey, second: OfferKey): string {
  return `/lookalike/compare/${keyText(first)}/${keyText(second)}`;
}

function keyText({ merchantId, offerId }: OfferKey): string {
  return `${merchantId}-${offerId}`;
}

/** Of the parts of an address; undefined for what names no offer. */
export function offerKeyOf(merchant: string | undefined, offer: string | undefined): OfferKey | undefined {
  const [merchantId, offerId] = [Number(merchant), Number(offer)];
  return isId(merchantId) && isId(offerId) ? { merchantId, offerId } : undefined;
}

export function offerKeyOfText(text: string | undefined): OfferKey | undefined {
  const [merchant, offer] = text?.split('-') ?? [];
  return offerKeyOf(merchant, offer);
}

function isId(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
