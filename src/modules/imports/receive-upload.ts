import { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { HeedError } from "../../kernel/errors.ts";

/** The one file of a multipart request as a stream, or the body itself when it is CSV. */
export async function receiveUpload(
  request: FastifyRequest,
): Promise<{ fileName: string; source: Readable }> {
  if (request.isMultipart()) {
    const part = await request.file();
    if (part) return { fileName: part.filename, source: part.file };
  } else if (Buffer.isBuffer(request.body)) {
    return { fileName: "upload.csv", source: Readable.from([request.body]) };
  }
  throw new HeedError(
    "bad_request",
    "Send one CSV file as multipart/form-data, or its text as text/csv.",
  );
}
