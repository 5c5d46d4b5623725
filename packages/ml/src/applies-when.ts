/**
 * For `.meta()` of a parameter that counts for nothing unless another one of the same schema has one of these values (holds one of them,
 * where it is a list). It stands in the JSON Schema as `appliesWhen`, so that forms show only what makes a difference; a value that is
 * given all the same does no harm.
 */
export const onlyWith = (parameter: string, ...values: readonly (string | number | boolean)[]) => ({
  appliesWhen: { [parameter]: values },
});
