/** What one incoming message may cost, whatever it contains. */
export const bounds = {
  /** Bytes of a message that are read; what follows is kept elsewhere and not understood. */
  bytes: 50 * 1024 * 1024,
  /** Multipart and attached messages inside each other. */
  depth: 200,
  /** Parts of one message, all levels together. */
  parts: 2_000,
  /** Bytes of one header block, and header lines in it. */
  headerBytes: 256 * 1024,
  headerLines: 1_000,
  headerValue: 16 * 1024,
  /** Bytes of a text part that are decoded, and of all text parts together. */
  partText: 256 * 1024,
  allText: 2 * 1024 * 1024,
} as const;
