/** What packages/ml refuses, by stable code; edges map the code to their own answers. */
export type MlErrorCode =
  /** Arrays that must agree in length do not. */
  | 'SHAPE_MISMATCH'
  /** A label that the method has no meaning for. */
  | 'BAD_LABEL'
  /** Nothing to learn from: no rows, no columns, or one class only. */
  | 'NOTHING_TO_LEARN'
  /** A parameter that its schema lets through but that does not fit the data. */
  | 'BAD_PARAMETER'
  /** Values outside of what the method is defined for. */
  | 'INVALID_INPUT'
  /** Bytes that are not a model, or of a version that this code does not read. */
  | 'BAD_MODEL_BYTES';

export class MlError extends Error {
  override readonly name = 'MlError';
  readonly code: MlErrorCode;

  constructor(code: MlErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
