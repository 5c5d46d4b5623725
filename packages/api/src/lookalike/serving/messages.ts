/** What the serving loop and its scorers say to each other. */
import type { ErrorRecord } from '../../errors.ts';
import type { Reason } from '../engine/reasons.ts';

/** The pair of data and model that answers; named in every answer. */
export interface Generation {
  readonly id: number;
  readonly dataVersion: string;
  readonly modelVersion: string;
}

export type ScorerRequest =
  | {
      readonly kind: 'load';
      readonly generation: number;
      readonly world: SharedArrayBuffer;
      readonly model: SharedArrayBuffer;
    }
  | { readonly kind: 'prepare'; readonly id: number; readonly generation: number }
  | { readonly kind: 'drop'; readonly generation: number }
  | {
      readonly kind: 'audience';
      readonly id: number;
      readonly generation: number;
      readonly offer: number;
      readonly reasonsFor: number;
    }
  | {
      readonly kind: 'member';
      readonly id: number;
      readonly generation: number;
      readonly offer: number;
      readonly user: number;
      readonly changes: ProfileChanges;
    };

export type ScorerReply =
  | { readonly id: number; readonly prepared: true }
  | { readonly id: number; readonly audience: ScoredAudience }
  | { readonly id: number; readonly member: ScoredMember }
  | { readonly id: number; readonly error: ErrorRecord };

/** The best members, as many as an answer may hold. */
export interface ScoredAudience {
  readonly userIds: Float64Array;
  /** Calibrated probabilities, descending. */
  readonly scores: Float64Array;
  /** For the first `reasonsFor` members. */
  readonly reasons: readonly Reason[];
}

/** Attribute or behaviour to pretend: name to value. */
export type ProfileChanges = Readonly<Record<string, string>>;

export interface ScoredMember {
  readonly userId: number;
  readonly customer: boolean;
  readonly score: number;
  readonly rawScore: number;
  readonly baseValue: number;
  /** Add up, with the base value, to the raw score. */
  readonly contributions: readonly Reason[];
  /** The smallest single change of an attribute that crosses the edge of the audience, where there is one. */
  readonly counterfactual: {
    readonly attribute: string;
    readonly from: string;
    readonly to: string;
    readonly score: number;
  } | null;
  /** Score of the last member of an audience of 100. */
  readonly threshold: number;
  /** What may be pretended of the user: what the attribute is, changes included, and every value that somebody has. */
  readonly attributes: readonly { readonly name: string; readonly value: string; readonly values: readonly string[] }[];
}
