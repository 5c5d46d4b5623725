/** The shape that another language of the same capability must have: the same keys, other texts. */
export type Messages<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Messages<T[Key]> };
