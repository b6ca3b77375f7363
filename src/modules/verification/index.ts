export { openResolver } from "./mail-domain.ts";
export { verificationRoutes } from "./routes.ts";
export { startVerifier, verifyDue } from "./verifier.ts";
