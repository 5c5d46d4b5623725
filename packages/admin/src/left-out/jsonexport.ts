/** In place of the package of this name, by which react-admin would export a page of a list: our files come from the service, whole. */
export default function jsonexport(): never {
  throw new Error('Lists are exported by the service');
}
