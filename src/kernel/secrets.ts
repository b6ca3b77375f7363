import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { HeedError, messageOf } from "./errors.ts";

/**
 * Key material that lives outside the database. The file holds one secret a
 * line, newest first, 64 hexadecimal digits each: address keys always come from
 * the oldest (they can never change), tokens and seals are made with the newest
 * and verified with all of them, so that rotating adds a line and breaks nothing.
 */
export class Secrets {
  readonly #masters: readonly Buffer[];
  readonly #derived = new Map<string, Buffer>();

  constructor(masters: readonly Buffer[]) {
    if (masters.length === 0) throw new HeedError("secret_missing", "No secret was given.");
    this.#masters = masters;
  }

  #derive(purpose: string, master: number): Buffer {
    const name = `${master}:${purpose}`;
    let key = this.#derived.get(name);
    if (!key) {
      key = Buffer.from(hkdfSync("sha256", this.#masters[master] as Buffer, "heed", purpose, 32));
      this.#derived.set(name, key);
    }
    return key;
  }

  /** A key that never changes for the life of the installation. */
  permanentKey(purpose: string): Buffer {
    return this.#derive(purpose, this.#masters.length - 1);
  }

  /** The first 16 bytes of HMAC-SHA-256 under the newest secret. */
  sign(purpose: string, data: Buffer): Buffer {
    return createHmac("sha256", this.#derive(purpose, 0)).update(data).digest().subarray(0, 16);
  }

  /** True when any secret, old or new, made this signature. */
  verify(purpose: string, data: Buffer, signature: Buffer): boolean {
    if (signature.length !== 16) return false;
    return this.#masters.some((_, master) =>
      timingSafeEqual(
        createHmac("sha256", this.#derive(purpose, master)).update(data).digest().subarray(0, 16),
        signature,
      ),
    );
  }

  /** Encrypts (AES-256-GCM) what the database must hold but not reveal. */
  seal(plain: string): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#derive("seal", 0), iv);
    const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  /** Opens what `seal` made. Throws `secret_wrong` when no secret fits. */
  open(sealed: Buffer): string {
    for (let master = 0; master < this.#masters.length; master++) {
      try {
        const decipher = createDecipheriv(
          "aes-256-gcm",
          this.#derive("seal", master),
          sealed.subarray(0, 12),
        );
        decipher.setAuthTag(sealed.subarray(12, 28));
        return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString();
      } catch {
        // Another secret may fit.
      }
    }
    throw wrongSecret();
  }

  /** What the database stores to recognise its own secret again; reveals nothing. */
  canary(): string {
    return createHmac("sha256", this.permanentKey("canary")).update("heed").digest("hex");
  }
}

/** The error for a secret that is not the one this database was made with. */
export function wrongSecret(file?: string): HeedError {
  return new HeedError(
    "secret_wrong",
    `The secret${file ? ` in ${file}` : ""} is not the one this database was made with, so no stop could be recognised. ` +
      "Put the original secret file back (HEED_SECRET_FILE); Heed does not start, so that nobody who said stop is written to.",
  );
}

/**
 * Reads the secret file, or makes it (mode 0600) when `mayCreate`: on a new
 * installation only, because a new secret recognises no old stop.
 */
export function loadSecrets(file: string, options: { mayCreate: boolean }): Secrets {
  if (!existsSync(file)) {
    if (!options.mayCreate) {
      throw new HeedError(
        "secret_missing",
        `The secret file ${file} is missing, and this database was made with one. Put it back or name it in HEED_SECRET_FILE; without it no stop could be recognised.`,
      );
    }
    try {
      if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another process of the same installation may have made it this moment.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw cannotUse(file, "made", error);
    }
  }
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw cannotUse(file, "read", error);
  }
  const lines = text.split(/\s+/).filter(Boolean);
  const bad = lines.findIndex((line) => !/^[0-9a-f]{64}$/i.test(line));
  if (lines.length === 0 || bad !== -1) {
    throw new HeedError(
      "secret_malformed",
      `The secret file ${file} must hold one secret a line, 64 hexadecimal digits each (line ${Math.max(bad, 0) + 1} does not). A new one for a new installation: openssl rand -hex 32 > ${file}`,
    );
  }
  return new Secrets(lines.map((line) => Buffer.from(line, "hex")));
}

function cannotUse(file: string, verb: "made" | "read", error: unknown): HeedError {
  return new HeedError(
    "secret_unreadable",
    `The secret file ${file} cannot be ${verb} (${messageOf(error)}). Name a file in HEED_SECRET_FILE that this user may read, in a folder that it may write to the first time.`,
    {},
    { cause: error },
  );
}
