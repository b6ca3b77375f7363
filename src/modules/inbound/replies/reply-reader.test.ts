import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { askModel } from "./ask-model.ts";
import { replyMeanings, type Understanding } from "./meaning.ts";
import { combine, type ModelReading } from "./reply-reader.ts";

const question = { subject: "Re: offer", said: "Basta!", language: "it" };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/read`;
}

describe("a language model over HTTP", () => {
  it("is asked with the words of the reply, and its answer taken", async () => {
    let asked = "";
    const url = await serve((request, response) => {
      expect(request.headers.authorization).toBe("Bearer key-1");
      request.on("data", (chunk) => {
        asked += String(chunk);
      });
      request.on("end", () => response.end('{"meaning":"stop","certain":true,"because":"Basta!"}'));
    });
    expect(await askModel({ url, key: "key-1" }).read(question)).toEqual({
      meaning: "stop",
      certain: true,
      because: "Basta!",
    });
    expect(JSON.parse(asked)).toMatchObject(question);
  });

  it.each<[string, RequestListener]>([
    [
      "an unknown meaning",
      (_, response) => response.end('{"meaning":"resubscribe","certain":true}'),
    ],
    ["no JSON", (_, response) => response.end("I think it is a stop")],
    ["an error", (_, response) => response.writeHead(500).end('{"meaning":"stop","certain":true}')],
    [
      "a redirect",
      (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    ],
    [
      "a huge answer",
      (_, response) =>
        response.end(`{"meaning":"stop","certain":true,"because":"${"x".repeat(40_000)}"}`),
    ],
    ["a broken connection", (request) => request.socket.destroy()],
  ])("decides nothing with %s", async (_, listener) => {
    const url = await serve(listener);
    expect(await askModel({ url }).read(question)).toBeUndefined();
  });

  it("decides nothing when it does not answer in time", async () => {
    const url = await serve((_, response) => response.write("{"));
    expect(await askModel({ url, timeoutMs: 50 }).read(question)).toBeUndefined();
  });
});

const meaning = fc.constantFrom(...replyMeanings);
const rules: fc.Arbitrary<Understanding> = fc.record({
  meaning,
  certain: fc.boolean(),
  language: fc.constantFrom("en", "unknown"),
  said: fc.string(),
  because: fc.string(),
  understood_as: fc.constantFrom("no rule", "language not known", "remembered phrase"),
});
const model: fc.Arbitrary<ModelReading> = fc.record({ meaning, certain: fc.boolean() });
const asks = (one: { meaning: string }) => one.meaning === "stop" || one.meaning === "unsubscribe";

describe("rules and model together", () => {
  it("never lose a request that the rules found, nor its certainty", () => {
    fc.assert(
      fc.property(rules, fc.option(model, { nil: undefined }), (one, other) => {
        const both = combine(one, other);
        if (asks(one))
          expect(both).toMatchObject({
            meaning: one.meaning,
            certain: one.certain || both.certain,
          });
      }),
    );
  });
  it("take a request that the model alone found", () => {
    fc.assert(
      fc.property(rules, model, (one, other) => {
        if (asks(other)) expect(asks(combine(one, other))).toBe(true);
      }),
    );
  });
  it("leave what a person must see to a person, unless the model adds a stop", () => {
    fc.assert(
      fc.property(rules, model, (one, other) => {
        const both = combine(one, other);
        if (!one.certain && both.certain)
          expect(asks(both) || one.understood_as === "language not known").toBe(true);
      }),
    );
  });
});
