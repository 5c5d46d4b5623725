/** A file that a door has received whole, on disk. Whoever takes it moves it away; the door removes what is left. */
export class ReceivedFile {
  readonly path: string;
  /** The sender's name for it. */
  readonly name: string;
  readonly bytes: number;

  constructor(path: string, name: string, bytes: number) {
    this.path = path;
    this.name = name;
    this.bytes = bytes;
  }
}
