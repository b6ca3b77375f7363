/** A time in a table's cell, already formatted: `<Moment>` asks for formats in each cell, which costs frames. */
export function PlainTime({ at, text }: { at: string; text: string }) {
  return (
    <time dateTime={at} title={at}>
      {text}
    </time>
  );
}
